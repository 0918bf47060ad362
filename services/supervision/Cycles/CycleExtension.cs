using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>More time that was given, as reporting told it. A table of its own, because it may arrive before the roster that it is written on.</summary>
internal sealed class CycleExtension
{
    // Both ways meet here: whoever comes second, the part of the roster or the extension, finds the other.
    private const string ApplySql = """
        update roster r set extended_until = x.until from (
          select w.report_id, max(e.until) as until from roster w join extensions e on e.cycle_id = w.cycle_id left join organisations o on o.id = e.organisation_id
          where w.cycle_id = $1 and ($2::uuid is null or e.id = $2) and ($3::uuid[] is null or w.report_id = any($3))
            and (w.organisation_id = e.organisation_id or (e.covers_subtree and w.organisation_path ^@ coalesce(o.path, e.organisation_path)))
          group by w.report_id) x
        where r.report_id = x.report_id and (r.extended_until is null or r.extended_until < x.until)
        """;

    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string OrganisationPath { get; init; }

    /// <summary>For all below it too.</summary>
    public required bool CoversSubtree { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>In the transaction of whatever came; others of the same cycle wait for it.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, Guid cycleId, Guid? extensionId, Guid[]? reportIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ApplySql, connection);
        command.Parameters.AddWithValue(cycleId);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = extensionId is { } one ? one : DBNull.Value });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid, Value = reportIds is null ? DBNull.Value : reportIds });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Without it an extension and a part of the roster that come at once would each miss the other.</summary>
    public static async Task HoldAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('extensions ' || $1::text, 7309))", connection);
        command.Parameters.AddWithValue(cycleId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<CycleExtension>
    {
        public void Configure(EntityTypeBuilder<CycleExtension> builder)
        {
            builder.ToTable("extensions");
            builder.HasNoScope("ids and dates: what an extension does is read on the roster, which has a scope");
            builder.HasKey(e => e.Id);
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.OrganisationPath).UseCollation("C");
            builder.HasIndex(e => e.CycleId);
        }
    }
}
