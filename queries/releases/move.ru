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
