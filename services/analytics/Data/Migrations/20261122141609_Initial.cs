using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "analytics");

            migrationBuilder.CreateTable(
                name: "assignments",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    removed = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cycle_closings",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycle_closings", x => x.cycle_id);
                });

            migrationBuilder.CreateTable(
                name: "cycles",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_key = table.Column<string>(type: "text", nullable: false),
                    programme_version = table.Column<string>(type: "text", nullable: false),
                    name_zh = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    period_key = table.Column<string>(type: "text", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    period_end = table.Column<DateOnly>(type: "date", nullable: false),
                    academic_year = table.Column<string>(type: "text", nullable: false),
                    fiscal_year = table.Column<int>(type: "integer", nullable: false),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadlines = table.Column<string>(type: "jsonb", nullable: false),
                    module_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    roster_size = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                schema: "analytics",
                columns: table => new
                {
                    consumer = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => new { x.consumer, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "module_values",
                schema: "analytics",
                columns: table => new
                {
                    module_report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    module_key = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    values = table.Column<string>(type: "jsonb", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_revision = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    on_time = table.Column<bool>(type: "boolean", nullable: true),
                    review_revision = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    review_version = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    review_state = table.Column<string>(type: "text", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "case when revision = 0 then null when review_revision = revision then review_state else 'submitted' end", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_module_values", x => x.module_report_id);
                });

            migrationBuilder.CreateTable(
                name: "node_completeness",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parent_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    schools = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    submitted = table.Column<int>(type: "integer", nullable: false),
                    on_time = table.Column<int>(type: "integer", nullable: false),
                    county_approved = table.Column<int>(type: "integer", nullable: false),
                    city_approved = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<int>(type: "integer", nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_node_completeness", x => new { x.cycle_id, x.path });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.CreateTable(
                name: "node_figures",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicator = table.Column<string>(type: "text", nullable: false),
                    parent_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    numerator = table.Column<decimal>(type: "numeric", nullable: false),
                    denominator = table.Column<decimal>(type: "numeric", nullable: false),
                    reported = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    approved = table.Column<int>(type: "integer", nullable: false),
                    median = table.Column<double>(type: "double precision", nullable: true),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_node_figures", x => new { x.cycle_id, x.path, x.indicator });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.CreateTable(
                name: "organisations",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false),
                    name_zh = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    level_roles = table.Column<string[]>(type: "text[]", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    school_type = table.Column<string>(type: "text", nullable: true),
                    urban_rural = table.Column<string>(type: "text", nullable: true),
                    run_by = table.Column<string>(type: "text", nullable: true),
                    grades = table.Column<string[]>(type: "text[]", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "programmes",
                schema: "analytics",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    bundle = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_programmes", x => new { x.key, x.version });
                });

            migrationBuilder.CreateTable(
                name: "roster_entries",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    node_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    level = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    school_type = table.Column<string>(type: "text", nullable: true),
                    urban_rural = table.Column<string>(type: "text", nullable: true),
                    run_by = table.Column<string>(type: "text", nullable: true),
                    grades = table.Column<string[]>(type: "text[]", nullable: false),
                    module_keys = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_entries", x => new { x.cycle_id, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "school_indicators",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    node_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicator = table.Column<string>(type: "text", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    numerator = table.Column<decimal>(type: "numeric", nullable: true),
                    denominator = table.Column<decimal>(type: "numeric", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    approved = table.Column<bool>(type: "boolean", nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_school_indicators", x => new { x.cycle_id, x.node_path, x.indicator, x.organisation_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateIndex(
                name: "ix_assignments_person_id",
                schema: "analytics",
                table: "assignments",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_received_at",
                schema: "analytics",
                table: "inbox_messages",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_module_values_cycle_id_organisation_id",
                schema: "analytics",
                table: "module_values",
                columns: new[] { "cycle_id", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_node_completeness_cycle_id_organisation_id",
                schema: "analytics",
                table: "node_completeness",
                columns: new[] { "cycle_id", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_node_completeness_cycle_id_parent_path",
                schema: "analytics",
                table: "node_completeness",
                columns: new[] { "cycle_id", "parent_path" });

            migrationBuilder.CreateIndex(
                name: "ix_node_figures_cycle_id_parent_path_indicator",
                schema: "analytics",
                table: "node_figures",
                columns: new[] { "cycle_id", "parent_path", "indicator" });

            migrationBuilder.CreateIndex(
                name: "ix_organisations_code",
                schema: "analytics",
                table: "organisations",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_parent_id",
                schema: "analytics",
                table: "organisations",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_path",
                schema: "analytics",
                table: "organisations",
                column: "path");

            migrationBuilder.CreateIndex(
                name: "ix_roster_entries_cycle_id_organisation_id",
                schema: "analytics",
                table: "roster_entries",
                columns: new[] { "cycle_id", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_roster_entries_cycle_id_path",
                schema: "analytics",
                table: "roster_entries",
                columns: new[] { "cycle_id", "path" });

            migrationBuilder.CreateIndex(
                name: "ix_school_indicators_excluded",
                schema: "analytics",
                table: "school_indicators",
                columns: new[] { "cycle_id", "indicator", "path" },
                filter: "reason in ('missing', 'not-submitted', 'broken')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "assignments",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "cycle_closings",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "cycles",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "inbox_messages",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "module_values",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "node_completeness",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "node_figures",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "organisations",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "programmes",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "roster_entries",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "school_indicators",
                schema: "analytics");
        }
    }
}
