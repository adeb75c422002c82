create table analytics_views (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    name text not null constraint analytics_views_name_length check (length(name) between 1 and 60),
    query text not null constraint analytics_views_query_length check (length(query) <= 500),
    shared boolean not null,
    created_at timestamptz not null default now(),
    constraint analytics_views_name_unique unique (workspace_id, developer_id, name)
);
comment on table analytics_views is 'Views of analytics that somebody keeps under a name, for themself or for the workspace (CON-5). query is what stands behind the question mark of the page''s address.';
alter table analytics_views enable row level security;
alter table analytics_views force row level security;
create policy analytics_views_workspace on analytics_views
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
