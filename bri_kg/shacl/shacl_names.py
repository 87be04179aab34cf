"""The names of SHACL, and which of them no engine here evaluates."""

from __future__ import annotations

from typing import Final

# Properties of SHACL Core and of SHACL-SPARQL.
_CORE_WORDS: Final = """
alternativePath and annotationProperty annotationValue annotationVarName ask class closed conforms
construct datatype deactivated declare defaultValue description detail disjoint entailment equals
flags focusNode group hasValue ignoredProperties in inversePath labelTemplate languageIn lessThan
lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount minExclusive
minInclusive minLength name namespace node nodeKind nodeValidator not oneOrMorePath optional or
order parameter path pattern prefix prefixes property propertyValidator qualifiedMaxCount
qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result resultAnnotation
resultMessage resultPath resultSeverity select severity shapesGraph shapesGraphWellFormed
sourceConstraint sourceConstraintComponent sourceShape sparql suggestedShapesGraph targetClass
targetNode targetObjectsOf targetSubjectsOf uniqueLang update validator value xone zeroOrMorePath
zeroOrOnePath
"""
CORE: Final = frozenset(_CORE_WORDS.split())
# Properties of SHACL Advanced Features that change what a shape finds.
ADVANCED: Final = frozenset({"expression", "rule", "target", "values"})
# Its other properties: the parts of those, and of functions.
_PARTS_OF_ADVANCED_WORDS: Final = """
condition count distinct else exists filterShape groupConcat if intersection limit max min minus
nodes object offset orderBy desc predicate returnType subject sum then union separator
"""
_PARTS_OF_ADVANCED: Final = frozenset(_PARTS_OF_ADVANCED_WORDS.split())
JAVASCRIPT: Final = frozenset({"js"})
_PARTS_OF_JAVASCRIPT: Final = frozenset({"jsFunctionName", "jsLibrary", "jsLibraryURL"})
PROPERTIES: Final = CORE | ADVANCED | _PARTS_OF_ADVANCED | JAVASCRIPT | _PARTS_OF_JAVASCRIPT
_CLASSES_WORDS: Final = """
AbstractResult ConstraintComponent Function JSConstraint JSExecutable JSFunction JSLibrary JSRule
JSTarget JSTargetType JSValidator NodeKind NodeShape Parameter Parameterizable PrefixDeclaration
PropertyGroup PropertyShape ResultAnnotation Rule SPARQLAskExecutable SPARQLAskValidator
SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable SPARQLFunction SPARQLRule
SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget SPARQLTargetType SPARQLUpdateExecutable
Severity Shape Target TargetType TripleRule ValidationReport ValidationResult Validator
"""
CLASSES: Final = frozenset(_CLASSES_WORDS.split())
NODE_KINDS: Final = frozenset(
    {"BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}
)
# Where shapes stand: as values, and as members of lists.
SHAPE_VALUES: Final = ("node", "property", "not", "qualifiedValueShape")
SHAPE_LISTS: Final = ("and", "or", "xone")
