"""Small graphs for the reasoner: one per rule, per contradiction, per form that no rule covers."""

# ruff: noqa: E501
# One case a line, however long: these are tables.

from __future__ import annotations

SOME = "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom %s ]"
ALL = "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom %s ]"
VALUE = "[ a owl:Restriction ; owl:onProperty %s ; owl:hasValue %s ]"
MAX = '[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality "%d"^^xsd:nonNegativeInteger ]'
MAX_OF = (
    "[ a owl:Restriction ; owl:onProperty :p ; owl:onClass %s ; "
    'owl:maxQualifiedCardinality "%d"^^xsd:nonNegativeInteger ]'
)

# One small graph per rule of OWL 2 Profiles §4.3, tables 4 to 9, and some that take several.
RULES = {
    "eq-sym": ":a owl:sameAs :b .",
    "eq-trans": ":a owl:sameAs :b . :b owl:sameAs :c .",
    "eq-rep-s": ":a owl:sameAs :b ; :p :x ; :d 1 .",
    "eq-rep-p": ":p owl:sameAs :q . :x :p :y .",
    "eq-rep-p, axioms": ":p owl:sameAs :q ; rdfs:domain :C . :q rdfs:subPropertyOf :r . :x :q :y .",
    "eq-rep-p, rdf:type": ":isA owl:sameAs rdf:type . :C rdfs:subClassOf :D . :x :isA :C . :y a :C .",
    "eq-rep-p, axiom": ":under owl:sameAs rdfs:subClassOf . :C :under :D . :x a :C .",
    "eq-rep-s, typed": ":a owl:sameAs :b . :C rdfs:subClassOf :D . :a a :C . :b a :E .",
    "eq-rep-o, class and thing": ":C owl:sameAs :D . :x a :C ; :p :D .",
    "eq-rep-o": ":a owl:sameAs :b . :x :p :a .",
    "eq-rep, classes": ":A owl:sameAs :B . :B rdfs:subClassOf :C . :x a :A .",
    "eq-rep, list": ":A owl:sameAs :B . :C owl:intersectionOf ( :B :D ) . :x a :A , :D .",
    "prp-dom": ":p rdfs:domain :C . :x :p :y .",
    "prp-rng": ":p rdfs:range :C . :x :p :y .",
    "prp-rng, literal": ":p rdfs:range xsd:integer . :x :p 1 . :q rdfs:range :C . :x :q 1 , :y .",
    "prp-fp": ":p a owl:FunctionalProperty . :x :p :a , :b , :c .",
    "prp-fp, literal": ":p a owl:FunctionalProperty . :x :p :a , 1 . :y :q :a .",
    "prp-ifp": ":p a owl:InverseFunctionalProperty . :a :p :x . :b :p :x ; :q :y .",
    "prp-ifp, literal": ':p a owl:InverseFunctionalProperty . :a :p "x" . :b :p "x" ; :q :y .',
    "prp-fp, cascade": ":p a owl:FunctionalProperty . :a :p :b , :c . :b :p :d . :c :p :e . :d :p :f . :e :p :g .",
    "prp-symp": ":p a owl:SymmetricProperty . :x :p :y .",
    "prp-symp, literal": ":p a owl:SymmetricProperty ; rdfs:domain :C . :x :p 1 .",
    "prp-trp": ":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d . :d :p :a .",
    "prp-spo1": ":p rdfs:subPropertyOf :q . :x :p :y .",
    "prp-spo1, rdf:type": ":p rdfs:subPropertyOf rdf:type . :C rdfs:subClassOf :D . :x :p :C .",
    "prp-spo1, sameAs": ":p rdfs:subPropertyOf owl:sameAs . :x :p :y ; :q :z .",
    "prp-spo1, axiom": ":p rdfs:subPropertyOf rdfs:subClassOf . :C :p :D . :x a :C .",
    "prp-spo1, of rdf:type": "rdf:type rdfs:subPropertyOf :is . :C rdfs:subClassOf :D . :x a :C .",
    "prp-spo2": ":p owl:propertyChainAxiom ( :q :r :s ) . :a :q :b . :b :r :c , :d . :d :s :e .",
    "prp-spo2, one": ":p owl:propertyChainAxiom ( :q ) . :a :q :b .",
    "prp-spo2, recursive": ":p owl:propertyChainAxiom ( :p :q ) . :a :p :b . :b :q :c . :c :q :d .",
    "prp-spo2, through a literal": ":p owl:propertyChainAxiom ( :q :r ) . :r owl:inverseOf :s . :a :q 1 . :b :s 1 .",
    "prp-spo2, rdf:type": ":p owl:propertyChainAxiom ( rdf:type :q ) . :x a :C . :C rdfs:subClassOf :D . :D :q :y .",
    "prp-eqp": ":p owl:equivalentProperty :q . :x :p :y . :y :q :z .",
    "prp-inv": ":p owl:inverseOf :q . :x :p :y . :y :q :z .",
    "prp-inv, itself": ":p owl:inverseOf :p . :x :p :y .",
    "prp-inv, anonymous": "[] owl:inverseOf :q ; rdfs:subPropertyOf :r . :x :q :y .",
    "prp-inv, domain": ":p owl:inverseOf :q . :q rdfs:domain :C ; rdfs:range :D . :x :p :y .",
    "cls-int1": ":C owl:intersectionOf ( :A :B ) . :x a :A , :B . :y a :A .",
    "cls-int2": ":C owl:intersectionOf ( :A :B ) . :x a :C .",
    "cls-int, nested": ":C owl:intersectionOf ( :A [ owl:unionOf ( :B :D ) ] ) . :x a :A , :D .",
    "cls-uni": ":C owl:unionOf ( :A :B ) . :x a :A .",
    "cls-svf1": SOME % ":A" + " rdfs:subClassOf :C . :x :p :y . :y a :A . :z :p :w .",
    "cls-svf1, later": SOME % ":A" + " rdfs:subClassOf :C . :q rdfs:domain :A . :x :p :y . :y :q :z .",
    "cls-svf1, datatype": SOME % "xsd:integer" + ' rdfs:subClassOf :C . :x :p 1 . :y :p "1" .',
    "cls-svf1, wider datatype": SOME % "xsd:decimal" + ' rdfs:subClassOf :C . :x :p "1"^^xsd:int .',
    "cls-svf2": SOME % "owl:Thing" + " rdfs:subClassOf :C . :x :p :y .",
    "cls-avf": ":C rdfs:subClassOf " + ALL % ":A" + " . :x a :C ; :p :y .",
    "cls-avf, later": ":C rdfs:subClassOf " + ALL % ":A" + " . :q rdfs:range :C . :z :q :x . :x :p :y .",
    "cls-hv1": ":C rdfs:subClassOf " + VALUE % (":p", ":a") + " . :x a :C .",
    "cls-hv1, literal": ":C rdfs:subClassOf " + VALUE % (":p", "1") + " . :x a :C .",
    "cls-hv2": VALUE % (":p", ":a") + " rdfs:subClassOf :C . :x :p :a . :y :p :b .",
    "cls-hv2, same": VALUE % (":p", ":a") + " rdfs:subClassOf :C . :x :p :b . :a owl:sameAs :b .",
    "cls-hv2, of rdf:type": VALUE % ("rdf:type", ":A") + " rdfs:subClassOf :C . :x a :A .",
    "cls-maxc2": ":C rdfs:subClassOf " + MAX % 1 + " . :x a :C ; :p :a , :b . :a :q :c .",
    "cls-maxqc3": ":C rdfs:subClassOf " + MAX_OF % (":A", 1) + " . :x a :C ; :p :a , :b , :c . :a a :A . :b a :A .",
    "cls-maxqc3, later": ":C rdfs:subClassOf " + MAX_OF % (":A", 1) + " . :x a :C ; :p :a , :b . :q rdfs:domain :A . :a a :A . :b :q :c .",
    "cls-maxqc4": ":C rdfs:subClassOf " + MAX_OF % ("owl:Thing", 1) + " . :x a :C ; :p :a , :b .",
    "cls-oo": ":C owl:oneOf ( :a :b ) .",
    "cax-sco": ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A .",
    "cax-sco, axiom": ":A rdfs:subClassOf owl:TransitiveProperty . :p a :A . :a :p :b . :b :p :c .",
    "cax-eqc": ":A owl:equivalentClass :B . :x a :A . :y a :B .",
    "scm-cls": ":A a owl:Class . :B a owl:Class .",
    "scm-sco": ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
    "scm-eqc1": ":A owl:equivalentClass :B .",
    "scm-eqc2": ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
    "scm-op": ":p a owl:ObjectProperty . :q a owl:DatatypeProperty . :r a rdf:Property .",
    "scm-spo": ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .",
    "scm-eqp1": ":p owl:equivalentProperty :q .",
    "scm-eqp2": ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
    "scm-dom1": ":p rdfs:domain :A . :A rdfs:subClassOf :B .",
    "scm-dom2": ":p rdfs:domain :A . :q rdfs:subPropertyOf :p .",
    "scm-rng1": ":p rdfs:range :A . :A rdfs:subClassOf :B .",
    "scm-rng2": ":p rdfs:range :A . :q rdfs:subPropertyOf :p .",
    "scm-hv": ":C owl:equivalentClass " + VALUE % (":p", ":a") + " . :D owl:equivalentClass " + VALUE % (":q", ":a") + " . :p rdfs:subPropertyOf :q .",
    "scm-svf1": ":C owl:equivalentClass " + SOME % ":A" + " . :D owl:equivalentClass " + SOME % ":B" + " . :A rdfs:subClassOf :B .",
    "scm-svf2": ":C owl:equivalentClass " + SOME % ":A" + " . :D owl:equivalentClass " + SOME.replace(":p", ":q") % ":A" + " . :p rdfs:subPropertyOf :q .",
    "scm-avf1": ":C owl:equivalentClass " + ALL % ":A" + " . :D owl:equivalentClass " + ALL % ":B" + " . :A rdfs:subClassOf :B .",
    "scm-avf2": ":C owl:equivalentClass " + ALL % ":A" + " . :D owl:equivalentClass " + ALL.replace(":p", ":q") % ":A" + " . :p rdfs:subPropertyOf :q .",
    "scm-int": ":C owl:intersectionOf ( :A :B ) .",
    "scm-uni": ":C owl:unionOf ( :A :B ) .",
    "blank individuals": ":p rdfs:domain :C . [] :p [ :q :x ] .",
    "literal subjects stay inside": ":p owl:inverseOf :q . :q rdfs:domain :C ; rdfs:range :D . :x :p 1 ; :r :y .",
}  # fmt: skip
# Nothing follows from these but what is trivial.
TRIVIAL = {"scm-cls", "scm-op"}


# Each kind of contradiction: the graph, what the message says, and whether owlrl finds it.
CONTRADICTIONS = {
    "eq-diff1": (":a owl:sameAs :b ; owl:differentFrom :b .", "axiom: :a owl:differentFrom :b; facts: :a owl:sameAs :b", True),
    "eq-diff1, derived": (":p a owl:FunctionalProperty . :x :p :a , :b . :b owl:differentFrom :a .", "facts: :x :p :a and :x :p :b", True),
    "eq-diff2": ("[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :a owl:sameAs :b .", "axiom: owl:AllDifferent ( :a :b :c ); facts: :a owl:sameAs :b", True),
    "eq-diff2, the last": ("[] a owl:AllDifferent ; owl:members ( :a :b ) . :a owl:sameAs :b .", "axiom: owl:AllDifferent ( :a :b )", False),
    "eq-diff3": ("[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) . :a owl:sameAs :b .", "axiom: owl:AllDifferent ( :a :b )", False),
    "prp-irp": (":p a owl:IrreflexiveProperty . :x :p :x .", "axiom: :p rdf:type owl:IrreflexiveProperty; facts: :x :p :x", True),
    "prp-asyp": (":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .", "axiom: :p rdf:type owl:AsymmetricProperty; facts: :x :p :y and :y :p :x", True),
    "prp-pdw": (":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .", "axiom: :p owl:propertyDisjointWith :q; facts: :x :p :y and :x :q :y", True),
    "prp-adp": ("[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :x :p :y ; :q :y .", "axiom: owl:AllDisjointProperties ( :p :q ); facts: :x :p :y and :x :q :y", False),
    "prp-npa1": ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :q :y . :q rdfs:subPropertyOf :p .", "axiom: not :x :p :y; facts: :x :q :y", True),
    "prp-npa2": ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 . :x :p 1 .", 'axiom: not :x :p "1"^^xsd:integer; facts: :x :p "1"^^xsd:integer', True),
    "cls-nothing2": (":C rdfs:subClassOf owl:Nothing . :x a :C .", "axiom: :C rdfs:subClassOf owl:Nothing; facts: :x rdf:type :C", True),
    "cls-nothing2, said": (":x a owl:Nothing .", "facts: :x rdf:type owl:Nothing", True),
    "cls-com": (":A owl:complementOf :B . :x a :A , :B .", ":x is both :A and :B; axiom: :A owl:complementOf :B; facts: :x rdf:type :A and :x rdf:type :B", True),
    "cls-maxc1": (":C rdfs:subClassOf " + MAX % 0 + " . :x a :C ; :p :y .", "facts: :x rdf:type :C and :x :p :y", True),
    "cls-maxqc1": (":C rdfs:subClassOf " + MAX_OF % (":A", 0) + " . :x a :C ; :p :y . :y a :A .", "facts: :x rdf:type :C and :x :p :y and :y rdf:type :A", True),
    "cls-maxqc2": (":C rdfs:subClassOf " + MAX_OF % ("owl:Thing", 0) + " . :x a :C ; :p :y .", "facts: :x rdf:type :C and :x :p :y", True),
    "cax-dw": (":A owl:disjointWith :B . :p rdfs:domain :A . :x :p :y . :D rdfs:subClassOf :B . :x a :D .", ":x is both :A and :B; axiom: :A owl:disjointWith :B; facts: :x :p :y and :x rdf:type :D", True),
    "cax-dw, through sameAs": (":A owl:disjointWith :B . :x a :A . :y a :B ; owl:sameAs :x .", "axiom: :A owl:disjointWith :B; facts: :x rdf:type :A and :y rdf:type :B", True),
    "cax-adc": ("[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) . :x a :A , :C .", "axiom: owl:AllDisjointClasses ( :A :B :C ); facts: :x rdf:type :A and :x rdf:type :C", True),
    "dt-not-type": (':x :p "many"^^xsd:integer .', 'facts: :x :p "many"^^xsd:integer', True),
    "dt-not-type, range": (":p rdfs:range xsd:boolean . :x :p 1 .", 'axiom: :p rdfs:range xsd:boolean; facts: :x :p "1"^^xsd:integer', False),
    "dt-not-type, bound": (":p rdfs:range xsd:positiveInteger . :x :p 0 .", "axiom: :p rdfs:range xsd:positiveInteger", False),
    "dt-diff": (":p a owl:FunctionalProperty . :x :p 1 , 2 .", 'axiom: :p rdf:type owl:FunctionalProperty; facts: :x :p', False),
}  # fmt: skip


# Each form that no rule covers, and the word that it is named by.
UNSUPPORTED = {
    "owl:hasSelf": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .",
    "owl:minCardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .",
    "owl:cardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality 1 ] .",
    "owl:maxCardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .",
    "owl:ReflexiveProperty": ":p a owl:ReflexiveProperty .",
    "owl:disjointUnionOf": ":C owl:disjointUnionOf ( :A :B ) .",
    "owl:someValuesFrom": ":C rdfs:subClassOf " + SOME % ":A" + " .",
    "owl:unionOf": ":p rdfs:domain [ owl:unionOf ( :A :B ) ] .",
    "owl:allValuesFrom": ALL % ":A" + " rdfs:subClassOf :C .",
    "owl:complementOf": "[ owl:complementOf :A ] rdfs:subClassOf :C .",
    "owl:oneOf": ":C rdfs:subClassOf [ owl:intersectionOf ( :A [ owl:oneOf ( :a ) ] ) ] .",
    "owl:propertyChainAxiom": ":p owl:propertyChainAxiom [ rdf:first :q ] .",
    "owl:topObjectProperty": ":p rdfs:subPropertyOf owl:topObjectProperty .",
    "owl:sameAs": "owl:sameAs rdfs:subPropertyOf :p .",
    "owl:onDatatype": ":p rdfs:range [ owl:onDatatype xsd:int ; owl:withRestrictions ( ) ] .",
}
