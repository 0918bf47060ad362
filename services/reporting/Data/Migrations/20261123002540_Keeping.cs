using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class Keeping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "presences",
                schema: "reporting",
                columns: table => new
                {
                    module_report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presences", x => new { x.module_report_id, x.person_id });
                });

            // Who has a page open is known again within seconds: it needs no write-ahead log, and may be empty after a crash.
            migrationBuilder.Sql("alter table reporting.presences set unlogged");

            migrationBuilder.CreateTable(
                name: "saved_batches",
                schema: "reporting",
                columns: table => new
                {
                    module_report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    cells = table.Column<string[]>(type: "text[]", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_batches", x => new { x.module_report_id, x.person_id, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_saved_batches_saved_at",
                schema: "reporting",
                table: "saved_batches",
                column: "saved_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "presences",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "saved_batches",
                schema: "reporting");
        }
    }
}
