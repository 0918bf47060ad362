using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "message_readings",
                schema: "supervision",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    module_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    up_to = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_readings", x => new { x.report_id, x.module_key, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "messages",
                schema: "supervision",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    module_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    cell = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: true),
                    mentions = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => new { x.report_id, x.module_key, x.number });
                });

            migrationBuilder.CreateTable(
                name: "message_strikes",
                schema: "supervision",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    module_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_strikes", x => new { x.report_id, x.module_key, x.number });
                    table.ForeignKey(
                        name: "fk_message_strikes_messages_report_id_module_key_number",
                        columns: x => new { x.report_id, x.module_key, x.number },
                        principalSchema: "supervision",
                        principalTable: "messages",
                        principalColumns: new[] { "report_id", "module_key", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_messages_report_id_module_key_by_key",
                schema: "supervision",
                table: "messages",
                columns: new[] { "report_id", "module_key", "by", "key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_readings",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "message_strikes",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "messages",
                schema: "supervision");
        }
    }
}
