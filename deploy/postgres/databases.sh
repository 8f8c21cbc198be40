#!/bin/sh
# Run once by the PostgreSQL image on an empty data folder: a database and an owner per service, and
# a database for Keycloak. Each service's migration makes the two roles it works under.
set -eu

# An owner's backfill must see every tenant's rows; the roles at work never do.
for service in credit cases agencies blacklist litigation; do
  psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set service="$service" --set owner_password="$OWNER_PASSWORD" \
    --set app_password="$APP_PASSWORD" --set system_password="$SYSTEM_PASSWORD" <<'SQL'
SELECT :'service' || '_owner' AS owner, :'service' || '_app' AS app,
       :'service' || '_system' AS system, 'recourse_' || :'service' AS database \gset
CREATE ROLE :"owner" LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE
  PASSWORD :'owner_password';
CREATE ROLE :"app" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
  PASSWORD :'app_password';
CREATE ROLE :"system" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
  PASSWORD :'system_password';
CREATE DATABASE :"database" OWNER :"owner";
SQL
done

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set password="$KEYCLOAK_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE keycloak LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE keycloak OWNER keycloak;
SQL
