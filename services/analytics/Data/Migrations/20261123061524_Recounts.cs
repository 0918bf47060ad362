using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class Recounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "recounted_rows",
                schema: "analytics",
                columns: table => new
                {
                    recount_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    indicator = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    node_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    numerator = table.Column<decimal>(type: "numeric", nullable: true),
                    denominator = table.Column<decimal>(type: "numeric", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    approved = table.Column<bool>(type: "boolean", nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recounted_rows", x => new { x.recount_id, x.organisation_id, x.indicator });
                });

            migrationBuilder.CreateTable(
                name: "recounts",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    night = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_asked = table.Column<bool>(type: "boolean", nullable: false),
                    organisations = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    module_reports = table.Column<int>(type: "integer", nullable: false),
                    figures = table.Column<int>(type: "integer", nullable: false),
                    differences = table.Column<int>(type: "integer", nullable: false),
                    examples = table.Column<string[]>(type: "text[]", nullable: false),
                    swap_milliseconds = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recounts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_recounts_cycle_id_night",
                schema: "analytics",
                table: "recounts",
                columns: new[] { "cycle_id", "night" },
                unique: true,
                filter: "night is not null");

            migrationBuilder.CreateIndex(
                name: "ix_recounts_open_rebuild",
                schema: "analytics",
                table: "recounts",
                column: "cycle_id",
                unique: true,
                filter: "kind = 'rebuild' and state in ('waiting', 'running')");

            migrationBuilder.CreateIndex(
                name: "ix_recounts_requested_at",
                schema: "analytics",
                table: "recounts",
                column: "requested_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "recounted_rows",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "recounts",
                schema: "analytics");
        }
    }
}
