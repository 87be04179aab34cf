# Moves data of bri-kg 0.2.0 to 0.3.0; docs/reuse.md says how to run it.
# Written by python -m bri_kg.cli.generate from what is deprecated, and queries/releases/move.ru.
PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { GRAPH <urn:bri-kg:retired> {
  <https://w3id.org/bri-kg/claim/anso-pakistan-anso-descriptive-name> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/anso-pakistan-anso-alliance> .
  <https://w3id.org/bri-kg/claim/anso-pakistan-author> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/anso-pakistan-publisher> .
  <https://w3id.org/bri-kg/claim/anso-pakistan-gwadar-cpec> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/anso-pakistan-gwadar-construction> .
  <https://w3id.org/bri-kg/claim/casted-slides-outlook-network> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/casted-slides-outlook-network-regions> .
  <https://w3id.org/bri-kg/claim/casted-slides-parks-abroad-built> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/casted-slides-parks-export> .
  <https://w3id.org/bri-kg/claim/casted-slides-symposium-organizer> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/casted-slides-symposium> .
  <https://w3id.org/bri-kg/claim/cgtn-debut-action-plan-kind> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/cgtn-debut-action-plan-followed> .
  <https://w3id.org/bri-kg/claim/std-decade-green-projects-themes> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/std-decade-green-projects-kind> .
  <https://w3id.org/bri-kg/claim/std-decade-park-themes> dcterms:isReplacedBy <https://w3id.org/bri-kg/claim/std-decade-park-investors> .
  <https://w3id.org/bri-kg/id/collection/anso-exchanges> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/efforts-exchanges> .
  <https://w3id.org/bri-kg/id/collection/anso-joint-laboratories> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/efforts-joint-laboratories> .
  <https://w3id.org/bri-kg/id/collection/anso-research-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/efforts-research-centres> .
  <https://w3id.org/bri-kg/id/collection/cas-overseas-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/cas-overseas-centres-and-platforms> .
  <https://w3id.org/bri-kg/id/collection/cas-overseas-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/cas-overseas-science-and-education-centres> .
  <https://w3id.org/bri-kg/id/collection/environmental-projects-of-chinese-companies> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/collection/eco-friendly-projects-of-chinese-companies> .
  <https://w3id.org/bri-kg/id/group/countries-served-by-cas-projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/group/countries-that-cas-projects-aim-at> .
  <https://w3id.org/bri-kg/id/org/government-of-pakistan> dcterms:isReplacedBy <https://w3id.org/bri-kg/id/group/pakistani-side> .
  <https://w3id.org/bri-kg/ontology#hasPeriod> dcterms:isReplacedBy <https://w3id.org/bri-kg/ontology#hasTime> .
  <https://w3id.org/bri-kg/ontology#isDraftedBy> dcterms:isReplacedBy <https://w3id.org/bri-kg/ontology#hasLeadDrafter> .
  <https://w3id.org/bri-kg/ontology#isFundedBy> dcterms:isReplacedBy <https://w3id.org/bri-kg/ontology#hasInvestor> .
  <https://w3id.org/bri-kg/ontology#isFundedBy> dcterms:isReplacedBy <https://w3id.org/bri-kg/ontology#isSupportedBy> .
  <https://w3id.org/bri-kg/vocab/challenge/little-industrial-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/challenge/little-cooperation-in-advanced-industries> .
  <https://w3id.org/bri-kg/vocab/challenge/little-research-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/challenge/little-cooperation-in-research-and-development> .
  <https://w3id.org/bri-kg/vocab/challenge/low-level-of-innovation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/challenge/low-level-of-science-and-technology> .
  <https://w3id.org/bri-kg/vocab/challenge/weak-institutional-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/challenge/weak-cooperation-on-rules-and-institutions> .
  <https://w3id.org/bri-kg/vocab/counted-kind> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind> .
  <https://w3id.org/bri-kg/vocab/counted-kind/agreements> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/agreement> .
  <https://w3id.org/bri-kg/vocab/counted-kind/beneficiary-countries> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/beneficiary-country> .
  <https://w3id.org/bri-kg/vocab/counted-kind/centres-of-excellence> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/centre-of-excellence> .
  <https://w3id.org/bri-kg/vocab/counted-kind/cooperation-agreements> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/cooperation-agreement> .
  <https://w3id.org/bri-kg/vocab/counted-kind/cooperation-projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/cooperation-project> .
  <https://w3id.org/bri-kg/vocab/counted-kind/countries> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/country> .
  <https://w3id.org/bri-kg/vocab/counted-kind/countries-and-regions> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/country-or-region> .
  <https://w3id.org/bri-kg/vocab/counted-kind/countries-of-investors> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/country-of-investors> .
  <https://w3id.org/bri-kg/vocab/counted-kind/countries-with-little-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/country-with-little-cooperation> .
  <https://w3id.org/bri-kg/vocab/counted-kind/documents> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/document> .
  <https://w3id.org/bri-kg/vocab/counted-kind/enterprises> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/enterprise> .
  <https://w3id.org/bri-kg/vocab/counted-kind/environmental-projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/environmental-project> .
  <https://w3id.org/bri-kg/vocab/counted-kind/exchange-and-training-participants> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/exchange-and-training-participant> .
  <https://w3id.org/bri-kg/vocab/counted-kind/exchange-and-training-projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/exchange-and-training-project> .
  <https://w3id.org/bri-kg/vocab/counted-kind/facilities> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/facility> .
  <https://w3id.org/bri-kg/vocab/counted-kind/international-organizations> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/international-organization> .
  <https://w3id.org/bri-kg/vocab/counted-kind/investing-enterprises> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/enterprise> .
  <https://w3id.org/bri-kg/vocab/counted-kind/joint-laboratories> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/joint-laboratory> .
  <https://w3id.org/bri-kg/vocab/counted-kind/joint-research-projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/joint-research-project> .
  <https://w3id.org/bri-kg/vocab/counted-kind/launching-countries> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/launching-country> .
  <https://w3id.org/bri-kg/vocab/counted-kind/member-countries-and-regions> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/country-or-region-of-members> .
  <https://w3id.org/bri-kg/vocab/counted-kind/members> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/member> .
  <https://w3id.org/bri-kg/vocab/counted-kind/money> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/money> .
  <https://w3id.org/bri-kg/vocab/counted-kind/national-technology-transfer-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/national-technology-transfer-centre> .
  <https://w3id.org/bri-kg/vocab/counted-kind/organizations> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/organization> .
  <https://w3id.org/bri-kg/vocab/counted-kind/overseas-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/overseas-centre> .
  <https://w3id.org/bri-kg/vocab/counted-kind/people> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/person> .
  <https://w3id.org/bri-kg/vocab/counted-kind/pillars> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/programme-pillar> .
  <https://w3id.org/bri-kg/vocab/counted-kind/programme-parts> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/programme-pillar> .
  <https://w3id.org/bri-kg/vocab/counted-kind/projects> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/project> .
  <https://w3id.org/bri-kg/vocab/counted-kind/representatives> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/representative> .
  <https://w3id.org/bri-kg/vocab/counted-kind/represented-countries-and-regions> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/represented-country-or-region> .
  <https://w3id.org/bri-kg/vocab/counted-kind/research-funding> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/money> .
  <https://w3id.org/bri-kg/vocab/counted-kind/research-institutions> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/research-institution> .
  <https://w3id.org/bri-kg/vocab/counted-kind/science-and-technology-agreements> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/science-and-technology-agreement> .
  <https://w3id.org/bri-kg/vocab/counted-kind/signatory-countries> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/signatory-country> .
  <https://w3id.org/bri-kg/vocab/counted-kind/signatory-international-organizations> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/signatory-international-organization> .
  <https://w3id.org/bri-kg/vocab/counted-kind/technology-transfer-centres> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/technology-transfer-centre> .
  <https://w3id.org/bri-kg/vocab/counted-kind/technology-transfer-platforms> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/technology-transfer-platform> .
  <https://w3id.org/bri-kg/vocab/counted-kind/trainees> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/trainee> .
  <https://w3id.org/bri-kg/vocab/counted-kind/universities> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/university> .
  <https://w3id.org/bri-kg/vocab/counted-kind/wildlife-passages> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/wildlife-passage> .
  <https://w3id.org/bri-kg/vocab/counted-kind/years> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/year-of-existence> .
  <https://w3id.org/bri-kg/vocab/counted-kind/young-scientists> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/young-scientist> .
  <https://w3id.org/bri-kg/vocab/gap/operator> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/gap/agent> .
  <https://w3id.org/bri-kg/vocab/kind/base-station> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/5g-base-station> .
  <https://w3id.org/bri-kg/vocab/kind/exchange> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/exchange-activity> .
  <https://w3id.org/bri-kg/vocab/kind/high-tech-industrial-park> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/industrial-park> .
  <https://w3id.org/bri-kg/vocab/kind/international-cooperation-organization> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/kind/international-science-and-technology-cooperation-organization> .
  <https://w3id.org/bri-kg/vocab/purpose/coordination> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/coordination-of-projects> .
  <https://w3id.org/bri-kg/vocab/purpose/deeper-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/cooperation-of-higher-level-and-quality> .
  <https://w3id.org/bri-kg/vocab/purpose/digital-inclusion> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/bridging-of-digital-gaps> .
  <https://w3id.org/bri-kg/vocab/purpose/end-of-coal-power-abroad> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/no-new-coal-fired-power-abroad> .
  <https://w3id.org/bri-kg/vocab/purpose/knowledge-of-developments> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/knowledge-of-developments-in-science-and-technology> .
  <https://w3id.org/bri-kg/vocab/purpose/science-cooperation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/cooperation-in-science-and-technology> .
  <https://w3id.org/bri-kg/vocab/purpose/shared-future> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/community-of-shared-future> .
  <https://w3id.org/bri-kg/vocab/purpose/sharing-of-scientific-resources> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/purpose/opening-and-sharing-of-scientific-resources> .
  <https://w3id.org/bri-kg/vocab/theme/advanced-technology> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/advanced-technology-industries> .
  <https://w3id.org/bri-kg/vocab/theme/coal-power> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/coal-fired-power> .
  <https://w3id.org/bri-kg/vocab/theme/disaster-prevention> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/disaster-prevention-and-control> .
  <https://w3id.org/bri-kg/vocab/theme/global-innovation-governance> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/global-governance-of-science-technology-and-innovation> .
  <https://w3id.org/bri-kg/vocab/theme/innovation> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/science-technology-and-innovation> .
  <https://w3id.org/bri-kg/vocab/theme/innovation-policy> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/science-technology-and-innovation-policy> .
  <https://w3id.org/bri-kg/vocab/theme/livelihoods> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/living-standards> .
  <https://w3id.org/bri-kg/vocab/theme/natural-resources> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/resources> .
  <https://w3id.org/bri-kg/vocab/theme/science-parks> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/science-and-technology-park-cooperation> .
  <https://w3id.org/bri-kg/vocab/theme/scientific-exchange> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/science-and-technology-exchange> .
  <https://w3id.org/bri-kg/vocab/theme/technology-standards> dcterms:isReplacedBy <https://w3id.org/bri-kg/vocab/theme/technology-norms-and-standards> .
} } ;

# What the old release said of a retired claim, and what it said to define a retired name (its type, labels, axioms,
# metadata), goes with that name: the new release says it of the new one.

DELETE { ?old ?says ?what } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  ?old ?says ?what .
  FILTER (STRSTARTS(STR(?old), "https://w3id.org/bri-kg/claim/")
    || REGEX(STR(?says), "^(http://purl.org/dc/terms/|http://purl.org/vocab/vann/|http://www.w3.org/1999/02/22-rdf-syntax-ns#|http://www.w3.org/2000/01/rdf-schema#|http://www.w3.org/2002/07/owl#)")
    || ?says IN (skos:prefLabel, skos:altLabel, skos:definition, skos:scopeNote, skos:example, skos:changeNote, skos:inScheme, skos:topConceptOf, skos:broader))
} ;
DELETE { GRAPH ?graph { ?old ?says ?what } } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  GRAPH ?graph { ?old ?says ?what }
  FILTER (?graph != <urn:bri-kg:retired>)
  FILTER (STRSTARTS(STR(?old), "https://w3id.org/bri-kg/claim/")
    || REGEX(STR(?says), "^(http://purl.org/dc/terms/|http://purl.org/vocab/vann/|http://www.w3.org/1999/02/22-rdf-syntax-ns#|http://www.w3.org/2000/01/rdf-schema#|http://www.w3.org/2002/07/owl#)")
    || ?says IN (skos:prefLabel, skos:altLabel, skos:definition, skos:scopeNote, skos:example, skos:changeNote, skos:inScheme, skos:topConceptOf, skos:broader))
} ;

# Everywhere else the name gives way: as subject, predicate and object, in the default graph and in named ones.

DELETE { ?old ?property ?object } INSERT { ?new ?property ?object } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  ?old ?property ?object .
  FILTER (?property != dcterms:isReplacedBy)
} ;
DELETE { ?subject ?old ?object } INSERT { ?subject ?new ?object } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  ?subject ?old ?object .
} ;
DELETE { ?subject ?property ?old } INSERT { ?subject ?property ?new } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  ?subject ?property ?old .
} ;
DELETE { GRAPH ?graph { ?old ?property ?object } } INSERT { GRAPH ?graph { ?new ?property ?object } } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  GRAPH ?graph { ?old ?property ?object }
  FILTER (?graph != <urn:bri-kg:retired>)
} ;
DELETE { GRAPH ?graph { ?subject ?old ?object } } INSERT { GRAPH ?graph { ?subject ?new ?object } } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  GRAPH ?graph { ?subject ?old ?object }
  FILTER (?graph != <urn:bri-kg:retired>)
} ;
DELETE { GRAPH ?graph { ?subject ?property ?old } } INSERT { GRAPH ?graph { ?subject ?property ?new } } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  GRAPH ?graph { ?subject ?property ?old }
  FILTER (?graph != <urn:bri-kg:retired>)
} ;

# The facts of a claim stand in the graph that has its name.

DELETE { GRAPH ?old { ?subject ?property ?object } } INSERT { GRAPH ?new { ?subject ?property ?object } } WHERE {
  GRAPH <urn:bri-kg:retired> { ?old dcterms:isReplacedBy ?new }
  GRAPH ?old { ?subject ?property ?object }
} ;

# Whole numbers are integers.

DELETE { ?quantity ?property ?decimal } INSERT { ?quantity ?property ?integer } WHERE {
  VALUES ?property { bri:statedValue bri:lowerBound bri:upperBound }
  ?quantity ?property ?decimal .
  FILTER (DATATYPE(?decimal) = xsd:decimal && ?decimal = FLOOR(?decimal))
  BIND (STRDT(STRBEFORE(CONCAT(STR(?decimal), "."), "."), xsd:integer) AS ?integer)
} ;
DELETE { GRAPH ?graph { ?quantity ?property ?decimal } } INSERT { GRAPH ?graph { ?quantity ?property ?integer } } WHERE {
  VALUES ?property { bri:statedValue bri:lowerBound bri:upperBound }
  GRAPH ?graph { ?quantity ?property ?decimal }
  FILTER (DATATYPE(?decimal) = xsd:decimal && ?decimal = FLOOR(?decimal))
  BIND (STRDT(STRBEFORE(CONCAT(STR(?decimal), "."), "."), xsd:integer) AS ?integer)
} ;

DROP SILENT GRAPH <urn:bri-kg:retired>
