using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.Identity.Protocol.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

/// <summary>What signing in leaves behind: second factors, counted failures, known browsers, codes handed out.</summary>
internal sealed class SignInConfiguration : IEntityTypeConfiguration<SecondFactor>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<SignInFailure>,
    IEntityTypeConfiguration<KnownBrowser>, IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.ToTable("second_factors");
        builder.HasKey(f => f.PersonId);
        builder.HasOne<Person>().WithOne().HasForeignKey<SecondFactor>(f => f.PersonId);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes");
        builder.HasKey(c => new { c.PersonId, c.CodeHash });
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
    }

    public void Configure(EntityTypeBuilder<SignInFailure> builder)
    {
        builder.ToTable("sign_in_failures");
        builder.HasKey(f => f.Subject);
        builder.Property(f => f.Subject).ValueGeneratedNever();
        builder.HasIndex(f => f.LastFailedAt);
    }

    public void Configure(EntityTypeBuilder<KnownBrowser> builder)
    {
        builder.ToTable("known_browsers");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.HasIndex(b => new { b.BrowserHash, b.PersonId }).IsUnique();
        builder.HasIndex(b => b.LastUsedAt);
        builder.HasOne<Person>().WithMany().HasForeignKey(b => b.PersonId);
    }

    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("one_time_codes");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Purpose).HasMaxLength(20);
        builder.HasIndex(c => c.ExpiresAt);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
    }
}
