-- How many tasks of each project are open: what every list of projects says.
create index tasks_open_by_project on tasks (workspace_id, project_id) where status not in ('done', 'cancelled');
