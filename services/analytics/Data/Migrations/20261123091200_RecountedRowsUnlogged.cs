using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(AnalyticsDbContext))]
    [Migration("20261123091200_RecountedRowsUnlogged")]
    public partial class RecountedRowsUnlogged : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What a rebuild sets aside lives for seconds and is counted anew after a crash: writing half a million rows twice needs one log of them.
            migrationBuilder.Sql("alter table analytics.recounted_rows set unlogged");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table analytics.recounted_rows set logged");
        }
    }
}
