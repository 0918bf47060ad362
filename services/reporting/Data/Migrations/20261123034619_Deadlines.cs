using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class Deadlines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "exempted_at",
                schema: "reporting",
                table: "reports",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "on_time",
                schema: "reporting",
                table: "module_reports",
                type: "boolean",
                nullable: true);

            // The first signature says whether the deadline was met; revisions remember it.
            migrationBuilder.Sql("update reporting.module_reports m set on_time = r.on_time from reporting.revisions r where r.module_report_id = m.id and r.number = 1");

            migrationBuilder.CreateTable(
                name: "exemption_requests",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cause = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_from = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exemption_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_exemption_requests_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalSchema: "reporting",
                        principalTable: "cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_exemption_requests_reports_report_id",
                        column: x => x.report_id,
                        principalSchema: "reporting",
                        principalTable: "reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "extension_requests",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    covers_subtree = table.Column<bool>(type: "boolean", nullable: false),
                    asked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    window_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_extension_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_extension_requests_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalSchema: "reporting",
                        principalTable: "cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "heartbeats",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    beat_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_heartbeats", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outages",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    grace_minutes = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    declared_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outages", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_exemption_requests_cycle_id",
                schema: "reporting",
                table: "exemption_requests",
                column: "cycle_id");

            migrationBuilder.CreateIndex(
                name: "ix_exemption_requests_report_id",
                schema: "reporting",
                table: "exemption_requests",
                column: "report_id",
                unique: true,
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_cycle_id_organisation_id",
                schema: "reporting",
                table: "extension_requests",
                columns: new[] { "cycle_id", "organisation_id" },
                unique: true,
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_outages_ended_at",
                schema: "reporting",
                table: "outages",
                column: "ended_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "exemption_requests",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "extension_requests",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "heartbeats",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "outages",
                schema: "reporting");

            migrationBuilder.DropColumn(
                name: "exempted_at",
                schema: "reporting",
                table: "reports");

            migrationBuilder.DropColumn(
                name: "on_time",
                schema: "reporting",
                table: "module_reports");
        }
    }
}
