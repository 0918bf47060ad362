using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReportingQuality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "place_quality",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    due = table.Column<int>(type: "integer", nullable: false),
                    scored = table.Column<int>(type: "integer", nullable: false),
                    score_sum = table.Column<long>(type: "bigint", nullable: false),
                    bands = table.Column<int[]>(type: "integer[]", nullable: false),
                    suspected = table.Column<int[]>(type: "integer[]", nullable: false),
                    digits = table.Column<int[]>(type: "integer[]", nullable: false),
                    assessed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_place_quality", x => new { x.cycle_id, x.path });
                });

            migrationBuilder.CreateTable(
                name: "quality_marks",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    node_path = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quality_marks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "school_quality",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: true),
                    parts = table.Column<string>(type: "jsonb", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    suspicions = table.Column<string[]>(type: "text[]", nullable: false),
                    digits = table.Column<int[]>(type: "integer[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    assessed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_school_quality", x => new { x.cycle_id, x.organisation_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_school_quality_cycle_id_score_organisation_id",
                schema: "analytics",
                table: "school_quality",
                columns: new[] { "cycle_id", "score", "organisation_id" });

            // What was submitted before is judged as well.
            migrationBuilder.Sql("insert into analytics.quality_marks (cycle_id, node_path) select distinct cycle_id, node_path from analytics.roster_entries where level = 'school'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "place_quality",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "quality_marks",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "school_quality",
                schema: "analytics");
        }
    }
}
