using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class ContactProofs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mail_proved_at",
                schema: "identity",
                table: "notice_settings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "phone_proved_at",
                schema: "identity",
                table: "notice_settings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "contact_codes",
                schema: "identity",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    sent = table.Column<int>(type: "integer", nullable: false),
                    counted_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_codes", x => new { x.person_id, x.channel });
                    table.ForeignKey(
                        name: "fk_contact_codes_people_person_id",
                        column: x => x.person_id,
                        principalSchema: "identity",
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // They were written to already: nobody who gets mail today stops getting it.
            migrationBuilder.Sql("""
                insert into identity.notice_settings (person_id, language, mail, sms, quiet_from, quiet_to, digest_hour, mail_proved_at, phone_proved_at)
                select id, 'zh', 'daily', true, 22, 7, 8, case when email is not null then now() end, case when phone_number is not null then now() end
                from identity.people where email is not null or phone_number is not null
                on conflict (person_id) do update set mail_proved_at = excluded.mail_proved_at, phone_proved_at = excluded.phone_proved_at
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_codes",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "mail_proved_at",
                schema: "identity",
                table: "notice_settings");

            migrationBuilder.DropColumn(
                name: "phone_proved_at",
                schema: "identity",
                table: "notice_settings");
        }
    }
}
