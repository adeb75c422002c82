alter table tenants add column raw_telemetry_days integer not null default 90
    constraint tenants_raw_telemetry_days check (raw_telemetry_days between 7 and 3650);
comment on column tenants.raw_telemetry_days is 'How long usage events and spans are kept one by one (AGT-8). Daily roll-ups stay for ever.';

-- The runtime role owns nothing, so it asks for the months that it needs here. A month is made beside the table and then
-- attached, which does not hold up anybody who writes. As with events, a partition is reached through its parent alone.
create function ensure_telemetry_partitions(first_month date, last_month date) returns void
    language plpgsql volatile security definer set search_path = covibe, pg_temp as $$
declare
    month date;
    parent text;
    partition_name text;
    grantee text;
begin
    if first_month < now() - interval '11 years' or last_month > now() + interval '1 year' then
        raise exception 'no telemetry is kept for these months' using errcode = '22023';
    end if;
    perform pg_advisory_xact_lock(hashtext('covibe.telemetry-partitions'));
    foreach parent in array array['usage_events', 'spans'] loop
        month := date_trunc('month', first_month)::date;
        while month <= last_month loop
            partition_name := parent || '_' || to_char(month, 'YYYY_MM');
            if to_regclass('covibe.' || partition_name) is null then
                execute format('create table %I (like %I including defaults including constraints)', partition_name, parent);
                execute format('alter table %I enable row level security', partition_name);
                execute format('alter table %I force row level security', partition_name);
                for grantee in
                    select distinct case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end
                      from pg_class c
                      cross join aclexplode(c.relacl) a
                      left join pg_roles r on r.oid = a.grantee
                     where c.oid = to_regclass('covibe.' || partition_name)
                       and a.grantee <> c.relowner
                loop
                    execute format('revoke all on %I from %s', partition_name, grantee);
                end loop;
                execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, partition_name,
                               month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
            end if;
            month := (month + interval '1 month')::date;
        end loop;
    end loop;
end;
$$;

select ensure_telemetry_partitions((now() at time zone 'UTC' - interval '3 months')::date, (now() at time zone 'UTC' + interval '2 months')::date);

-- Forgets what is older than its tenant wants to keep: whole months where nobody wants them any more, else rows. Roll-ups
-- stay. Answers how many months and rows went.
create function forget_telemetry() returns table (months integer, gone bigint)
    language plpgsql volatile security definer set search_path = covibe, pg_temp set lock_timeout = '5s' as $$
declare
    longest integer;
    old record;
    removed bigint;
begin
    select coalesce(max(raw_telemetry_days), 3650) into longest from tenants;
    months := 0;
    gone := 0;
    for old in
        select c.relname
          from pg_inherits i
          join pg_class c on c.oid = i.inhrelid
         where i.inhparent in ('covibe.usage_events'::regclass, 'covibe.spans'::regclass)
           and c.relname ~ '_\d{4}_\d{2}$'
           and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' < now() - make_interval(days => longest)
    loop
        execute format('drop table %I', old.relname);
        months := months + 1;
    end loop;
    delete from usage_events e using workspaces w, tenants t
     where w.id = e.workspace_id and t.id = w.tenant_id and e.at < now() - make_interval(days => t.raw_telemetry_days);
    get diagnostics removed = row_count;
    gone := gone + removed;
    delete from spans s using workspaces w, tenants t
     where w.id = s.workspace_id and t.id = w.tenant_id and s.at < now() - make_interval(days => t.raw_telemetry_days);
    get diagnostics removed = row_count;
    gone := gone + removed;
    delete from usage_points p using workspaces w, tenants t
     where w.id = p.workspace_id and t.id = w.tenant_id and p.at < now() - make_interval(days => t.raw_telemetry_days + 1);
    -- A day longer than the events, so that what is refused as too old is never unknown yet.
    delete from usage_seen u using workspaces w, tenants t
     where w.id = u.workspace_id and t.id = w.tenant_id and u.at < now() - make_interval(days => t.raw_telemetry_days + 1);
    return next;
end;
$$;
