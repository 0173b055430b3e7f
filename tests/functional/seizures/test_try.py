import pytest
from django.test import Client
from tests.support.sign_in import member_exists, signed_in
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load

@pytest.mark.django_db
def test_all(db, stopped_clock):
    m = member_exists("FGR")
    reference_load(installation_principal())
    c = signed_in(Client(), m)
    for path in ["/","/seizures/","/seizures/new","/seizures/pointers","/seizures/imports/","/seizures/imports/new","/agreements/","/agreements/new","/circles/","/emergency/","/notices/","/seizures/municipalities?state_code=26","/account/"]:
        for lang in ("en","es"):
            r = c.get(path, HTTP_ACCEPT_LANGUAGE=lang)
            print(path, lang, r.status_code, len(r.content))
            assert r.status_code==200, r.content[:500]
