using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class TreeHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "changed_on",
                schema: "identity",
                table: "organisations",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string[]>(
                name: "former_codes",
                schema: "identity",
                table: "organisations",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<Guid>(
                name: "predecessor_id",
                schema: "identity",
                table: "organisations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "recorded_at",
                schema: "identity",
                table: "organisations",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                schema: "identity",
                table: "organisations",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "successor_id",
                schema: "identity",
                table: "organisations",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "organisation_versions",
                schema: "identity",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    act = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_until = table.Column<DateOnly>(type: "date", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parent_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    parent_name_zh = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    parent_name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    name_zh = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    level_roles = table.Column<string[]>(type: "text[]", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    school_type = table.Column<string>(type: "text", nullable: true),
                    urban_rural = table.Column<string>(type: "text", nullable: true),
                    run_by = table.Column<string>(type: "text", nullable: true),
                    grades = table.Column<string[]>(type: "text[]", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_versions", x => new { x.organisation_id, x.version });
                    table.ForeignKey(
                        name: "fk_organisation_versions_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "identity",
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "taken_codes",
                schema: "identity",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_taken_codes", x => x.code);
                });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_versions_parent_id_effective_from",
                schema: "identity",
                table: "organisation_versions",
                columns: new[] { "parent_id", "effective_from" });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_versions_present",
                schema: "identity",
                table: "organisation_versions",
                column: "organisation_id",
                filter: "effective_until is null");
            migrationBuilder.Sql(FirstVersions.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "organisation_versions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "taken_codes",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "changed_on",
                schema: "identity",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "former_codes",
                schema: "identity",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "predecessor_id",
                schema: "identity",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "recorded_at",
                schema: "identity",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "search_text",
                schema: "identity",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "successor_id",
                schema: "identity",
                table: "organisations");
        }
    }
}
