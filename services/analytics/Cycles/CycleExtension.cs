using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>
/// More time that was given, as reporting told it. It opens the lock and makes nothing timely (ADR 0018): no figure reads it, lists of who is waited for
/// show it. It may arrive before the cycle does.
/// </summary>
internal sealed class CycleExtension
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string OrganisationPath { get; init; }

    /// <summary>For all below it too.</summary>
    public required bool CoversSubtree { get; init; }

    public required DateTimeOffset Until { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CycleExtension>
    {
        public void Configure(EntityTypeBuilder<CycleExtension> builder)
        {
            builder.ToTable("extensions");
            builder.HasNoScope("ids and dates: what an extension does is said in the list of who is waited for, which has a scope");
            builder.HasKey(e => e.Id);
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.OrganisationPath).UseCollation("C");
            builder.HasIndex(e => e.CycleId);
        }
    }
}
