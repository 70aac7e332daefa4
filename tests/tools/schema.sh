# Sourced by test scripts: JSON documents against their schemas.
#
#	schema_here		is there something to check them with?
#	schema_valid FILE NAME	against docs/schema/NAME-1.schema.json
schema_here() {
	command -v python3 >/dev/null 2>&1 && python3 -c 'import jsonschema.validators
jsonschema.Draft202012Validator' 2>/dev/null
}

schema_valid() {
	python3 - "$1" "docs/schema/$2-1.schema.json" <<'EOP'
import json, sys
import jsonschema
doc, schema = (json.load(open(p)) for p in sys.argv[1:])
jsonschema.Draft202012Validator.check_schema(schema)
errors = list(jsonschema.Draft202012Validator(schema).iter_errors(doc))
for e in errors:
    print("#", "/".join(map(str, e.absolute_path)), e.message[:70])
sys.exit(bool(errors))
EOP
}
