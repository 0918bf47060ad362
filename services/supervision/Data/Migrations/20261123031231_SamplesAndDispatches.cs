using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class SamplesAndDispatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dispatches",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    round = table.Column<int>(type: "integer", nullable: false),
                    owed = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_by = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    allowed = table.Column<bool>(type: "boolean", nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sample_reports",
                schema: "supervision",
                columns: table => new
                {
                    sample_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    explained_warnings = table.Column<int>(type: "integer", nullable: false),
                    return_rounds = table.Column<int>(type: "integer", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    read_lately = table.Column<bool>(type: "boolean", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sample_reports", x => new { x.sample_id, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "sample_reviews",
                schema: "supervision",
                columns: table => new
                {
                    sample_id = table.Column<Guid>(type: "uuid", nullable: false),
                    review_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sample_reviews", x => new { x.sample_id, x.review_id });
                });

            migrationBuilder.CreateTable(
                name: "samples",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    share_percent = table.Column<int>(type: "integer", nullable: false),
                    candidates = table.Column<int>(type: "integer", nullable: false),
                    list_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    announced_by = table.Column<Guid>(type: "uuid", nullable: false),
                    seed = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    audit_seq = table.Column<long>(type: "bigint", nullable: true),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_size = table.Column<int>(type: "integer", nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reach = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_samples", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dispatch_gaps",
                schema: "supervision",
                columns: table => new
                {
                    dispatch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatch_gaps", x => new { x.dispatch_id, x.report_id });
                    table.ForeignKey(
                        name: "fk_dispatch_gaps_dispatches_dispatch_id",
                        column: x => x.dispatch_id,
                        principalSchema: "supervision",
                        principalTable: "dispatches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_cycle_id_organisation_id_round",
                schema: "supervision",
                table: "dispatches",
                columns: new[] { "cycle_id", "organisation_id", "round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_cycle_id_organisation_path",
                schema: "supervision",
                table: "dispatches",
                columns: new[] { "cycle_id", "organisation_path" });

            migrationBuilder.CreateIndex(
                name: "ix_sample_reports_organisation_id",
                schema: "supervision",
                table: "sample_reports",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_sample_reviews_review_id",
                schema: "supervision",
                table: "sample_reviews",
                column: "review_id");

            migrationBuilder.CreateIndex(
                name: "ix_samples_cycle_id_step_organisation_path",
                schema: "supervision",
                table: "samples",
                columns: new[] { "cycle_id", "step", "organisation_path" });

            migrationBuilder.CreateIndex(
                name: "ix_samples_open",
                schema: "supervision",
                table: "samples",
                columns: new[] { "cycle_id", "step", "organisation_id" },
                unique: true,
                filter: "approved_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dispatch_gaps",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "sample_reports",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "sample_reviews",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "samples",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "dispatches",
                schema: "supervision");
        }
    }
}
