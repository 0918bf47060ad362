using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Keys;
using Gengdu.Identity.Protocol.Replays;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignOut;
using Gengdu.Identity.Protocol.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

/// <summary>What the authorization server keeps: keys, sessions, codes, refresh tokens; secrets as hashes only.</summary>
internal sealed class ProtocolConfiguration : IEntityTypeConfiguration<SigningKey>, IEntityTypeConfiguration<SignInSession>,
    IEntityTypeConfiguration<AuthorizationCode>, IEntityTypeConfiguration<RefreshToken>, IEntityTypeConfiguration<PushedRequest>, IEntityTypeConfiguration<SeenIdentifier>,
    IEntityTypeConfiguration<LogoutNotice>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_keys");
        builder.HasKey(k => k.Id);
    }

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Acr).HasMaxLength(40).HasDefaultValue(AcrValues.Password);
        builder.Property(s => s.Browser).HasMaxLength(SignInSession.BrowserLength).HasDefaultValue("");
        builder.Property(s => s.LastUsedAt).HasDefaultValueSql("now()");
        builder.HasIndex(s => s.ExpiresAt);
        builder.HasIndex(s => s.PersonId);
        // Asked for once a second by every replica.
        builder.HasIndex(s => s.EndedAt).HasFilter("ended_at is not null");
    }

    public void Configure(EntityTypeBuilder<AuthorizationCode> builder)
    {
        builder.ToTable("authorization_codes");
        builder.HasKey(c => c.CodeHash);
        builder.HasIndex(c => c.SessionId);
        builder.HasIndex(c => c.FamilyId);
        builder.HasIndex(c => c.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("refresh_tokens");
        builder.HasKey(t => t.TokenHash);
        builder.HasIndex(t => t.FamilyId);
        builder.HasIndex(t => t.SessionId);
        builder.HasIndex(t => t.FamilyExpiresAt);
    }

    public void Configure(EntityTypeBuilder<PushedRequest> builder)
    {
        builder.ToTable("pushed_requests");
        builder.HasKey(r => r.Hash);
        builder.HasIndex(r => r.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<SeenIdentifier> builder)
    {
        builder.ToTable("seen_identifiers");
        builder.HasKey(s => s.Hash);
        builder.HasIndex(s => s.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<LogoutNotice> builder)
    {
        builder.ToTable("logout_notices");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.HasIndex(n => n.NextAttemptAt);
    }
}
