using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class Publications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "figure_versions",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_figure_versions", x => x.cycle_id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 10);

            migrationBuilder.CreateTable(
                name: "publications",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_version = table.Column<string>(type: "text", nullable: false),
                    formula_version = table.Column<string>(type: "text", nullable: false),
                    final = table.Column<bool>(type: "boolean", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    submitted = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publications", x => new { x.cycle_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "published_figures",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicator = table.Column<string>(type: "text", nullable: false),
                    numerator = table.Column<decimal>(type: "numeric", nullable: false),
                    denominator = table.Column<decimal>(type: "numeric", nullable: false),
                    reported = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    approved = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_figures", x => new { x.cycle_id, x.path, x.indicator, x.number });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "figure_versions",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "publications",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "published_figures",
                schema: "analytics");
        }
    }
}
