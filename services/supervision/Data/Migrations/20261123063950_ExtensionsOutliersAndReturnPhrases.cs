using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class ExtensionsOutliersAndReturnPhrases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "extended_until",
                schema: "supervision",
                table: "roster",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "outliers",
                schema: "supervision",
                table: "reviews",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "extensions",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    covers_subtree = table.Column<bool>(type: "boolean", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_extensions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "return_phrases",
                schema: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_return_phrases", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since", "organisation_id", "module_key", "explained_warnings", "late", "return_rounds", "outliers" });

            migrationBuilder.CreateIndex(
                name: "ix_extensions_cycle_id",
                schema: "supervision",
                table: "extensions",
                column: "cycle_id");

            migrationBuilder.CreateIndex(
                name: "ix_return_phrases_organisation_id_code_text",
                schema: "supervision",
                table: "return_phrases",
                columns: new[] { "organisation_id", "code", "text" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "extensions",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "return_phrases",
                schema: "supervision");

            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "extended_until",
                schema: "supervision",
                table: "roster");

            migrationBuilder.DropColumn(
                name: "outliers",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since", "organisation_id", "module_key", "explained_warnings", "late", "return_rounds" });
        }
    }
}
