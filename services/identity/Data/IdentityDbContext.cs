using Gengdu.Audit;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Notices;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Keys;
using Gengdu.Identity.Protocol.Replays;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.SignOut;
using Gengdu.Identity.Protocol.Tokens;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Data;

/// <summary>
/// Schema "identity". The tables organisations and assignments are the originals of every service's replica and have the
/// replica's columns, so the building block's rights look-up works over them unchanged.
/// </summary>
internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : IdentityUserContext<Person, Guid>(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<OrganisationVersion> OrganisationVersions => Set<OrganisationVersion>();

    public DbSet<TakenCode> TakenCodes => Set<TakenCode>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<FillIn> FillIns => Set<FillIn>();

    public DbSet<Person> People => Users;

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<PushedRequest> PushedRequests => Set<PushedRequest>();

    public DbSet<LogoutNotice> LogoutNotices => Set<LogoutNotice>();

    public DbSet<SeenIdentifier> SeenIdentifiers => Set<SeenIdentifier>();

    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    public DbSet<KnownBrowser> KnownBrowsers => Set<KnownBrowser>();

    public DbSet<OneTimeCode> OneTimeCodes => Set<OneTimeCode>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<NoticeSettings> NoticeSettings => Set<NoticeSettings>();

    public DbSet<ContactCode> ContactCodes => Set<ContactCode>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("identity");
        builder.AddMessaging();
        builder.AddAudit();
        builder.AddKeyRing();
        builder.HasSequence<long>(OrganisationConfiguration.NumberSequence);
        builder.ApplyConfigurationsFromAssembly(typeof(IdentityDbContext).Assembly);
        builder.UseSnakeCase();
    }
}
