using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// Counts the writings of a cycle's figures: whoever takes the cycle's lock counts on. What was read at a number is right for as
/// long as the number stands.
/// </summary>
internal sealed class FigureVersion
{
    public required Guid CycleId { get; init; }

    public required long Number { get; init; }

    /// <summary>0 before the first writing.</summary>
    public static async Task<long> ReadAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number from figure_versions where cycle_id = $1", connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.AddWithValue(cycleId);
        return await command.ExecuteScalarAsync(cancellationToken) is long number ? number : 0;
    }

    /// <summary>Behind the lock, so it waits for nobody.</summary>
    public static NpgsqlBatchCommand CountOn(Guid[] cycleIds) => new("""
        insert into figure_versions as v (cycle_id, number) select id, 1 from unnest($1) id on conflict (cycle_id) do update set number = v.number + 1
        """)
    { Parameters = { new() { Value = cycleIds } } };

    internal sealed class Configuration : IEntityTypeConfiguration<FigureVersion>
    {
        public void Configure(EntityTypeBuilder<FigureVersion> builder)
        {
            builder.ToTable("figure_versions");
            builder.HasNoScope("how often a cycle's figures were written");
            // Rewritten at every batch: room on the page keeps the new version off the index.
            builder.HasStorageParameter("fillfactor", 10);
            builder.HasKey(v => v.CycleId);
            builder.Property(v => v.CycleId).ValueGeneratedNever();
        }
    }
}
