using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Masters;
using Gengdu.Reporting.Peers;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class PeerFiguresConfiguration : IEntityTypeConfiguration<PeerFigures>
{
    public void Configure(EntityTypeBuilder<PeerFigures> builder)
    {
        builder.ToTable("peer_figures");
        builder.HasNoScope("rounded figures of at least six schools, for the people of those schools: no school's value");
        builder.HasKey(f => new { f.CycleId, f.CountyPath, f.SchoolType, f.UrbanRural });
        builder.Property(f => f.CountyPath).UseCollation("C");
        builder.Property(f => f.Measures).AsJson();
        builder.HasOne<Cycle>().WithMany().HasForeignKey(f => f.CycleId);
    }
}

internal sealed class PeerBasisConfiguration : IEntityTypeConfiguration<PeerBasis>
{
    public void Configure(EntityTypeBuilder<PeerBasis> builder)
    {
        builder.ToTable("peer_bases");
        builder.HasScope("county_path");
        builder.HasKey(b => new { b.CycleId, b.CountyPath });
        builder.Property(b => b.CountyPath).UseCollation("C");
        builder.Property(b => b.Values).AsJson();
        builder.HasOne<Cycle>().WithMany().HasForeignKey(b => b.CycleId);
    }
}

internal sealed class MasterFigureConfiguration : IEntityTypeConfiguration<MasterFigure>
{
    public void Configure(EntityTypeBuilder<MasterFigure> builder)
    {
        builder.ToTable("master_figures");
        builder.HasScope(path: null, "organisation_id");
        builder.HasKey(f => new { f.OrganisationId, f.Key });
        builder.Property(f => f.Key).HasMaxLength(40);
        builder.Property(f => f.Source).HasMaxLength(200);
    }
}
