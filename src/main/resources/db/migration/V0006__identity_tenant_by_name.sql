-- The command line of the server's own machine adds people to a tenant that they are not in yet (OPS-13), so it has to
-- find the tenant first. Two are enough to know that a name, or no name, is not clear.
create function find_tenants(wanted text) returns table (tenant_id uuid, tenant_name text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select id, name
      from tenants
     where wanted = '' or lower(name) = lower(wanted)
     order by created_at, id
     limit 2;
end;
