using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class NoticeDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deliveries",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    args = table.Column<string>(type: "jsonb", nullable: false),
                    link = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    urgent = table.Column<bool>(type: "boolean", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    fault = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_settings",
                schema: "identity",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    mail = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    sms = table.Column<bool>(type: "boolean", nullable: false),
                    quiet_from = table.Column<int>(type: "integer", nullable: false),
                    quiet_to = table.Column<int>(type: "integer", nullable: false),
                    digest_hour = table.Column<int>(type: "integer", nullable: false),
                    mail_fault = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    mail_fault_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    phone_fault = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    phone_fault_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_settings", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_notice_settings_people_person_id",
                        column: x => x.person_id,
                        principalSchema: "identity",
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_channel_due_at",
                schema: "identity",
                table: "deliveries",
                columns: new[] { "channel", "due_at" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_notice_id_channel",
                schema: "identity",
                table: "deliveries",
                columns: new[] { "notice_id", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_person_id",
                schema: "identity",
                table: "deliveries",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_settled_at",
                schema: "identity",
                table: "deliveries",
                column: "settled_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deliveries",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "notice_settings",
                schema: "identity");
        }
    }
}
