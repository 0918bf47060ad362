using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class UrgesAndEscalations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "escalations",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    holder_level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    told_id = table.Column<Guid>(type: "uuid", nullable: false),
                    told_level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    reports = table.Column<int>(type: "integer", nullable: false),
                    modules = table.Column<int>(type: "integer", nullable: false),
                    oldest_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deliver_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_escalations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "urges",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    holder_level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    reports = table.Column<int>(type: "integer", nullable: false),
                    modules = table.Column<int>(type: "integer", nullable: false),
                    oldest_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deliver_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    people = table.Column<int>(type: "integer", nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_urges", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_escalations_cycle_id_state_holder_id_holder_level_episode_s~",
                schema: "supervision",
                table: "escalations",
                columns: new[] { "cycle_id", "state", "holder_id", "holder_level", "episode", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_escalations_holder_id",
                schema: "supervision",
                table: "escalations",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_holder_path",
                schema: "supervision",
                table: "escalations",
                column: "holder_path");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_told_id",
                schema: "supervision",
                table: "escalations",
                column: "told_id",
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_urges_cycle_id_state_holder_id_holder_level_raised_at",
                schema: "supervision",
                table: "urges",
                columns: new[] { "cycle_id", "state", "holder_id", "holder_level", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_urges_deliver_at",
                schema: "supervision",
                table: "urges",
                column: "deliver_at",
                filter: "delivered_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_urges_holder_id",
                schema: "supervision",
                table: "urges",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "ix_urges_holder_path",
                schema: "supervision",
                table: "urges",
                column: "holder_path");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "escalations",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "urges",
                schema: "supervision");
        }
    }
}
