using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notices",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    args = table.Column<string>(type: "jsonb", nullable: false),
                    link = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    urgent = table.Column<bool>(type: "boolean", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_assignments_organisation_id",
                schema: "supervision",
                table: "assignments",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_notices_created_at",
                schema: "supervision",
                table: "notices",
                column: "created_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_notices_person_id_created_at",
                schema: "supervision",
                table: "notices",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_person_id_key",
                schema: "supervision",
                table: "notices",
                columns: new[] { "person_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notices_unread",
                schema: "supervision",
                table: "notices",
                column: "person_id",
                filter: "read_at is null")
                .Annotation("Npgsql:IndexInclude", new[] { "organisation_id", "organisation_path" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notices",
                schema: "supervision");

            migrationBuilder.DropIndex(
                name: "ix_assignments_organisation_id",
                schema: "supervision",
                table: "assignments");
        }
    }
}
