using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(AnalyticsDbContext))]
    [Migration("20261123125500_FiguresAsOfWhatCounts")]
    public partial class FiguresAsOfWhatCounts : Migration
    {
        /// <summary>
        /// A school's part of an indicator of which a module is not there has no age any more, and a figure is as new as the newest that
        /// counts in it. What the release before writes until it ends, a rebuild brings into line.
        /// </summary>
        private const string Sql = """
            update analytics.school_indicators set as_of = null where reason in ('not-submitted', 'not-collected') and as_of is not null;
            with own as (
              select cycle_id, node_path, indicator, max(as_of) as as_of from analytics.school_indicators group by 1, 2, 3),
            above as (
              select o.cycle_id, a.path, o.indicator, max(o.as_of) as as_of
              from own o cross join lateral (select '/' || array_to_string(parts[1:n], '/') || '/' as path
                from (select string_to_array(trim(both '/' from o.node_path), '/') as parts) p cross join lateral generate_series(1, cardinality(parts)) n) a
              group by 1, 2, 3)
            update analytics.node_figures f set as_of = a.as_of
            from above a where f.cycle_id = a.cycle_id and f.path = a.path and f.indicator = a.indicator and f.as_of is distinct from a.as_of;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Sql);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The release before works with both; a rebuild of its own gives the ages back.
        }
    }
}
