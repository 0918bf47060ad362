using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class CyclesAndRosters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cycles",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_key = table.Column<string>(type: "text", nullable: false),
                    name_zh = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    period_key = table.Column<string>(type: "text", nullable: false),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadlines = table.Column<string>(type: "jsonb", nullable: false),
                    module_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    roster_size = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roster",
                schema: "supervision",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    module_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    exempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster", x => x.report_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_roster_cycle_id_organisation_path",
                schema: "supervision",
                table: "roster",
                columns: new[] { "cycle_id", "organisation_path" });

            migrationBuilder.CreateIndex(
                name: "ix_roster_organisation_id",
                schema: "supervision",
                table: "roster",
                column: "organisation_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cycles",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "roster",
                schema: "supervision");
        }
    }
}
