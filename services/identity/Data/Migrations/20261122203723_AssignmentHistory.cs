using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class AssignmentHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_assignments_once_per_place",
                schema: "identity",
                table: "assignments");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_sign_in_at",
                schema: "identity",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "delegated_from",
                schema: "identity",
                table: "assignments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                schema: "identity",
                table: "assignments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ended_by",
                schema: "identity",
                table: "assignments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "given_at",
                schema: "identity",
                table: "assignments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "given_by",
                schema: "identity",
                table: "assignments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                schema: "identity",
                table: "assignments",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_assignments_delegated_from",
                schema: "identity",
                table: "assignments",
                column: "delegated_from");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_once_per_place",
                schema: "identity",
                table: "assignments",
                columns: new[] { "person_id", "role", "organisation_id", "valid_from" },
                unique: true,
                filter: "not removed");

            migrationBuilder.AddForeignKey(
                name: "fk_assignments_assignments_delegated_from",
                schema: "identity",
                table: "assignments",
                column: "delegated_from",
                principalSchema: "identity",
                principalTable: "assignments",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_assignments_assignments_delegated_from",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropIndex(
                name: "ix_assignments_delegated_from",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropIndex(
                name: "ix_assignments_once_per_place",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "last_sign_in_at",
                schema: "identity",
                table: "people");

            migrationBuilder.DropColumn(
                name: "delegated_from",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "ended_at",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "ended_by",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "given_at",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "given_by",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "reason",
                schema: "identity",
                table: "assignments");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_once_per_place",
                schema: "identity",
                table: "assignments",
                columns: new[] { "person_id", "role", "organisation_id" },
                unique: true,
                filter: "not removed");
        }
    }
}
