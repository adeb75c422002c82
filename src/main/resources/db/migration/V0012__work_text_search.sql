-- Row security may not look at a row with an operator that could leak it, so a text index is out of reach for the
-- runtime role. The search runs as the owner instead, inside the workspace that the transaction stands in.
alter table tasks add column search tsvector
    generated always as (to_tsvector('simple', title || ' ' || left(description, 4000))) stored;
create index tasks_search on tasks using gin (search);
create policy tasks_search on tasks for select to current_user using (true);

create function find_tasks(query text, most integer) returns setof uuid
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select t.id
      from tasks t
     where t.workspace_id = current_workspace()
       and t.search @@ to_tsquery('simple', query)
     order by t.updated_at desc
     limit most;
end;
