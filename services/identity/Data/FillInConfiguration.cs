using Gengdu.Identity.FillIns;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

internal sealed class FillInConfiguration : IEntityTypeConfiguration<FillIn>
{
    public void Configure(EntityTypeBuilder<FillIn> builder)
    {
        builder.ToTable("fill_ins");
        builder.HasNoScope("as the assignments that come of it: whoever lists or ends one has been looked at by both places before");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Reason).HasMaxLength(FillIn.ReasonLength);
        builder.Property(f => f.Roles).HasDefaultValueSql("'{}'");
        builder.HasIndex(f => f.SchoolId);
        builder.HasIndex(f => f.TeachingPointId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(f => f.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(f => f.TeachingPointId).OnDelete(DeleteBehavior.Restrict);
    }
}
