using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Cycles;

/// <summary>One collection over one period, as CycleOpened told it. Written by its consumers alone.</summary>
internal sealed class Cycle
{
    public required Guid Id { get; init; }

    public required string ProgrammeKey { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required string PeriodKey { get; init; }

    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>Of the cycle, per level ("school", "county", "city", "province"); extensions are apart.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Deadlines { get; init; }

    public required string[] ModuleKeys { get; init; }

    /// <summary>What they are called; empty where nobody told.</summary>
    public IReadOnlyList<ModuleName> ModuleNames { get; init; } = [];

    /// <summary>How many rows of <see cref="RosterRow"/> there will be once all parts have come.</summary>
    public required int RosterSize { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Since when nothing more is taken; reviews go on.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>"open" or "closed".</summary>
    public string State => ClosedAt is null ? "open" : "closed";

    internal sealed class Configuration : IEntityTypeConfiguration<Cycle>
    {
        public void Configure(EntityTypeBuilder<Cycle> builder)
        {
            builder.ToTable("cycles");
            builder.HasNoScope("everybody below a province sees its cycles: names and dates, no figures");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Ignore(c => c.State);
            builder.Property(c => c.Deadlines).HasColumnType("jsonb").HasConversion(
                deadlines => JsonSerializer.Serialize(deadlines, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(json, JsonSerializerOptions.Web)!,
                new ValueComparer<IReadOnlyDictionary<string, DateTimeOffset>>((a, b) => ReferenceEquals(a, b), deadlines => deadlines.Count, deadlines => deadlines));
            builder.Property(c => c.ModuleNames).HasColumnType("jsonb").HasDefaultValueSql("'[]'::jsonb").HasConversion(
                names => JsonSerializer.Serialize(names, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<List<ModuleName>>(json, JsonSerializerOptions.Web)!,
                new ValueComparer<IReadOnlyList<ModuleName>>((a, b) => ReferenceEquals(a, b), names => names.Count, names => names));
        }
    }
}
