using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(AnalyticsDbContext))]
    [Migration("20261123131500_SchoolsByValue")]
    public partial class SchoolsByValue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Over an expression, which the model cannot say. Some seconds for each cycle that is there.
            migrationBuilder.Sql("""
                create index ix_school_indicators_value on analytics.school_indicators (cycle_id, indicator, (numerator / denominator), path)
                  where reason is null and denominator > 0
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index analytics.ix_school_indicators_value");
        }
    }
}
