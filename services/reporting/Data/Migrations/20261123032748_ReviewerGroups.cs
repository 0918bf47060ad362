using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReviewerGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reviewer_groups",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    given_by = table.Column<Guid>(type: "uuid", nullable: false),
                    giver_role = table.Column<string>(type: "text", nullable: false),
                    giver_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    organisation_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    module_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviewer_groups", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviewer_groups_organisation_id",
                schema: "reporting",
                table: "reviewer_groups",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_reviewer_groups_person_ids",
                schema: "reporting",
                table: "reviewer_groups",
                column: "person_ids")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reviewer_groups",
                schema: "reporting");
        }
    }
}
