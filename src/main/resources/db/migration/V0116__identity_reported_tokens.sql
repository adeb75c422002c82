alter table mcp_tokens add column reported_at timestamptz;
comment on column mcp_tokens.reported_at is 'When somebody who had found the token handed it in; it was revoked with that at the latest (IDN-7).';

-- Whoever holds a token may end it, whoever they are. They learn whether it was one, and not whose.
create function revoke_reported_token(token_hash bytea, entry uuid, said text, from_address text)
    returns table (developer_id uuid, was_live boolean)
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with found as (
        select t.id, t.tenant_id, t.developer_id, t.name, d.handle, t.reported_at is null as first_time,
               t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) as was_live
          from mcp_tokens t
          join developers d on d.id = t.developer_id
         where t.hash = token_hash
           for update of t),
    ended as (
        update mcp_tokens t
           set revoked_at = coalesce(t.revoked_at, now()), reported_at = coalesce(t.reported_at, now())
          from found f
         where t.id = f.id),
    told as (
        insert into audit_entries (id, tenant_id, action, subject, address)
        select entry, f.tenant_id, said,
               f.name || ' of @' || f.handle || case when f.was_live then ', revoked' else ', which was dead already' end,
               from_address
          from found f
         where f.first_time)
    select f.developer_id, f.was_live from found f;
end;
