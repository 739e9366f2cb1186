-- With the language and the tenant's name as it was then, the text of a consent can be put together again
-- and its hash be checked. Expand only: the release before writes neither.
alter table connect_consent
  add column locale text check (locale in ('en', 'de', 'fr', 'es')),
  add column display_name text check (length(display_name) between 1 and 100);
