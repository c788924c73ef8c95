WITH _1 AS (
SELECT 'ab' AS "SHA1" FROM (SELECT 1)
),
_2 AS (
SELECT '' AS "SHA1", '' AS "SHA256", '' AS "MD5", NULL::BIGINT AS "FileSize", NULL::BIGINT AS "GlobalPrevalence", NULL::BIGINT AS "GlobalFirstSeen", NULL::BIGINT AS "GlobalLastSeen", '' AS "Signer", '' AS "Issuer", '' AS "SignerHash", NULL::BOOLEAN AS "IsCertificateValid", NULL::BOOLEAN AS "IsRootSignerMicrosoft", '' AS "SignatureState", NULL::BOOLEAN AS "IsExecutable", '' AS "ThreatName", '' AS "Publisher", '' AS "SoftwareName" WHERE false
),
_4 AS (
SELECT *, row_number() OVER () AS _n3 FROM _1
),
_5 AS (
SELECT * FROM _2 WHERE "SHA1" <> '' QUALIFY row_number() OVER (PARTITION BY lower("SHA1")) = 1
),
_6 AS (
SELECT _l."SHA1" AS "SHA1", coalesce(_r."SHA1", '') AS "SHA11", coalesce(_r."SHA256", '') AS "SHA256", coalesce(_r."MD5", '') AS "MD5", _r."FileSize" AS "FileSize", _r."GlobalPrevalence" AS "GlobalPrevalence", _r."GlobalFirstSeen" AS "GlobalFirstSeen", _r."GlobalLastSeen" AS "GlobalLastSeen", coalesce(_r."Signer", '') AS "Signer", coalesce(_r."Issuer", '') AS "Issuer", coalesce(_r."SignerHash", '') AS "SignerHash", _r."IsCertificateValid" AS "IsCertificateValid", _r."IsRootSignerMicrosoft" AS "IsRootSignerMicrosoft", coalesce(_r."SignatureState", '') AS "SignatureState", _r."IsExecutable" AS "IsExecutable", coalesce(_r."ThreatName", '') AS "ThreatName", coalesce(_r."Publisher", '') AS "Publisher", coalesce(_r."SoftwareName", '') AS "SoftwareName", CASE WHEN NOT (_l._n3 <= 10 AND _l."SHA1" <> '') THEN '' WHEN _r."SHA1" IS NULL THEN 'Missing' ELSE 'Available' END AS "ProfileAvailability" FROM _4 AS _l LEFT JOIN _5 AS _r ON _l._n3 <= 10 AND _l."SHA1" <> '' AND lower(_l."SHA1") = lower(_r."SHA1")
),
_7 AS (
SELECT "SHA1", "GlobalPrevalence", "ProfileAvailability" FROM _6
)
SELECT "SHA1", "GlobalPrevalence", "ProfileAvailability" FROM _7
