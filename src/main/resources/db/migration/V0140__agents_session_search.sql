-- As for tasks and decisions: a text index is out of reach under row security, so the search runs as the owner, inside the
-- workspace that the transaction stands in. Whoever asks drops what is private to somebody else before it shows anything.
alter table agent_sessions add column search tsvector
    generated always as (to_tsvector('simple',
        agent_name || ' ' || coalesce(branch, '') || ' ' || left(coalesce(summary, ''), 2000))) stored;
create index agent_sessions_search on agent_sessions using gin (search);

create function find_sessions(query text, most integer) returns setof uuid
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select s.id
      from agent_sessions s
     where s.workspace_id = current_workspace()
       and s.search @@ to_tsquery('simple', query)
     order by s.last_seen_at desc
     limit most;
end;
