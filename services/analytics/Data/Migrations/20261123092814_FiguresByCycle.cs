using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class FiguresByCycle : Migration
    {
        /// <summary>
        /// Figures lie in parts of half a year each, by their cycle: a cycle's id begins with the moment it was made. What is there becomes
        /// the first part as it is; nothing is copied, save rows of cycles that belong to a later part. The parts reach to the middle of
        /// 2032 and the last takes everything after, so that no cycle needs a table to be made while people work. Rights and policy go with
        /// the name: the release that is still running notices nothing.
        /// </summary>
        private const string Divide = """
            lock table analytics.school_indicators, analytics.node_figures, analytics.node_completeness in access exclusive mode;
            do $$
            declare
              t record; i record; scope text; said text; served boolean; bounds uuid[]; labels text[]; n int;
            begin
              select array_agg((lpad(to_hex(ms >> 16), 8, '0') || lpad(to_hex(ms & 65535), 4, '0') || repeat('0', 20))::uuid order by ms), array_agg(label order by ms) into bounds, labels
                from (select (extract(epoch from make_timestamptz(2027 + h / 2, 1 + h % 2 * 6, 1, 0, 0, 0, 'UTC')) * 1000)::bigint as ms, 2027 + h / 2 || 'h' || 1 + h % 2 as label
                  from generate_series(0, 11) h) halves;
              for t in select * from (values ('school_indicators', 80, 'cycle_id, node_path, indicator, organisation_id'), ('node_figures', 60, 'cycle_id, path, indicator'),
                ('node_completeness', 60, 'cycle_id, path')) as v(name, fill, key) loop
                select pg_get_expr(p.polqual, p.polrelid), obj_description(p.oid, 'pg_policy') into scope, said
                  from pg_policy p where p.polrelid = format('analytics.%I', t.name)::regclass and p.polname = 'scope';
                served := has_table_privilege('analytics', format('analytics.%I', t.name), 'insert');
                execute format('alter table analytics.%I rename to %I', t.name, t.name || '_2026');
                for i in select c.relname from pg_index x join pg_class c on c.oid = x.indexrelid where x.indrelid = format('analytics.%I', t.name || '_2026')::regclass loop
                  execute format('alter index analytics.%I rename to %I', i.relname, i.relname || '_2026');
                end loop;
                execute format('create table analytics.%I (like analytics.%I including defaults, constraint %I primary key (%s)) partition by range (cycle_id)',
                  t.name, t.name || '_2026', 'pk_' || t.name, t.key);
                for n in 1..cardinality(bounds) loop
                  execute format('create table analytics.%I partition of analytics.%I for values from (%L) to (%s) with (fillfactor = %s)', t.name || '_' || labels[n], t.name, bounds[n],
                    coalesce(quote_literal(bounds[n + 1]), 'maxvalue'), t.fill);
                end loop;
                execute format('insert into analytics.%I select * from analytics.%I where cycle_id >= %L', t.name, t.name || '_2026', bounds[1]);
                execute format('delete from analytics.%I where cycle_id >= %L', t.name || '_2026', bounds[1]);
                execute format('alter table analytics.%I attach partition analytics.%I for values from (minvalue) to (%L)', t.name, t.name || '_2026', bounds[1]);
                if served then
                  execute format('revoke all on analytics.%I from analytics', t.name || '_2026');
                  execute format('grant select, insert, update, delete on analytics.%I to analytics', t.name);
                end if;
                if scope is not null then
                  execute format('drop policy scope on analytics.%I', t.name || '_2026');
                  execute format('alter table analytics.%I disable row level security, no force row level security', t.name || '_2026');
                  execute format('create policy scope on analytics.%I using (%s)', t.name, scope);
                  execute format('comment on policy scope on analytics.%I is %L', t.name, said);
                  execute format('alter table analytics.%I enable row level security, force row level security', t.name);
                end if;
              end loop;
            end $$;
            create index ix_school_indicators_excluded on analytics.school_indicators (cycle_id, indicator, path) where reason in ('missing', 'not-submitted', 'broken');
            create index ix_node_figures_cycle_id_parent_path_indicator on analytics.node_figures (cycle_id, parent_path, indicator);
            create index ix_node_completeness_cycle_id_parent_path on analytics.node_completeness (cycle_id, parent_path);
            create index ix_node_completeness_cycle_id_organisation_id on analytics.node_completeness (cycle_id, organisation_id);
            analyze analytics.school_indicators, analytics.node_figures, analytics.node_completeness;
            """;

        /// <summary>What nodes have of their schools besides the sums; of what the release before writes until it ends, a rebuild takes care.</summary>
        private const string Complete = """
            with own as (
              select cycle_id, node_path, indicator, coalesce(sum(numerator) filter (where reason is null and approved), 0) as numerator,
                coalesce(sum(denominator) filter (where reason is null and approved), 0) as denominator,
                count(*) filter (where reason = 'not-submitted') as not_submitted, count(*) filter (where reason = 'missing') as missing
              from analytics.school_indicators group by 1, 2, 3),
            above as (
              select o.cycle_id, a.path, o.indicator, sum(o.numerator) as numerator, sum(o.denominator) as denominator, sum(o.not_submitted) as not_submitted, sum(o.missing) as missing
              from own o cross join lateral (select '/' || array_to_string(parts[1:n], '/') || '/' as path
                from (select string_to_array(trim(both '/' from o.node_path), '/') as parts) p cross join lateral generate_series(1, cardinality(parts)) n) a
              group by 1, 2, 3)
            update analytics.node_figures f set approved_numerator = a.numerator, approved_denominator = a.denominator, not_submitted = a.not_submitted, missing = a.missing
            from above a where f.cycle_id = a.cycle_id and f.path = a.path and f.indicator = a.indicator;
            """;

        /// <summary>One table each again.</summary>
        private const string Unite = """
            do $$
            declare t text;
            begin
              foreach t in array array['school_indicators', 'node_figures', 'node_completeness'] loop
                execute format('create table analytics.%I (like analytics.%I including all)', t || '_whole', t);
                execute format('insert into analytics.%I select * from analytics.%I', t || '_whole', t);
                execute format('drop table analytics.%I', t);
                execute format('alter table analytics.%I rename to %I', t || '_whole', t);
              end loop;
            end $$;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "approved_denominator",
                schema: "analytics",
                table: "node_figures",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "approved_numerator",
                schema: "analytics",
                table: "node_figures",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<int>(
                name: "missing",
                schema: "analytics",
                table: "node_figures",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "not_submitted",
                schema: "analytics",
                table: "node_figures",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "counted_groups",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicator = table.Column<string>(type: "text", nullable: false),
                    dimension = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    programme_version = table.Column<string>(type: "text", nullable: false),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rows = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counted_groups", x => new { x.cycle_id, x.path, x.indicator, x.dimension });
                });

            migrationBuilder.Sql(Complete);
            migrationBuilder.Sql(Divide);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Unite);

            migrationBuilder.DropTable(
                name: "counted_groups",
                schema: "analytics");

            migrationBuilder.DropColumn(
                name: "approved_denominator",
                schema: "analytics",
                table: "node_figures");

            migrationBuilder.DropColumn(
                name: "approved_numerator",
                schema: "analytics",
                table: "node_figures");

            migrationBuilder.DropColumn(
                name: "missing",
                schema: "analytics",
                table: "node_figures");

            migrationBuilder.DropColumn(
                name: "not_submitted",
                schema: "analytics",
                table: "node_figures");
        }
    }
}
