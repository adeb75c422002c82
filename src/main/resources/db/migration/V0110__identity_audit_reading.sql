-- The log is read by time, by who, and by what; each keyset page must cost its own rows only.
create index audit_entries_by_page on audit_entries (tenant_id, at desc, id desc);
create index audit_entries_by_actor on audit_entries (tenant_id, actor_id, at desc, id desc);
create index audit_entries_by_action on audit_entries (tenant_id, action, at desc, id desc);
drop index audit_entries_by_time;

-- Somebody who may not come in belongs to no tenant that could be entered, so this is a door. It tells the caller nothing.
create function record_refused_sign_in(person_email text, said text, from_address text) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    insert into audit_entries (id, tenant_id, actor_id, action, subject, address)
    select gen_random_uuid(), d.tenant_id, d.id, 'sign-in.refused', said, from_address
      from developers d
     where d.email = person_email;
end;
