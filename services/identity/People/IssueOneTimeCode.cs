using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.People;

/// <param name="UserName">Whom it is for.</param>
/// <param name="Code">To be handed over, on paper or by word; it is not shown again.</param>
/// <param name="Address">Where the person types both.</param>
/// <param name="ExpiresAt">72 hours from now.</param>
internal sealed record OneTimeCodeResponse(string UserName, string DisplayName, string Code, string Address, DateTimeOffset ExpiresAt);

/// <summary>The desk hands out a code with which a person chooses a password. An earlier one is dead.</summary>
internal static class IssueOneTimeCode
{
    public static Task<Results<Ok<OneTimeCodeResponse>, ProblemHttpResult>> InviteAsync(
        Guid id, Caller caller, AdministeredPerson people, IdentityDbContext db, IOptions<ProtocolOptions> options, TimeProvider clock, CancellationToken cancellationToken) =>
        IssueAsync(id, OneTimeCodePurposes.Invitation, "invitation", caller, people, db, options, clock, cancellationToken);

    public static Task<Results<Ok<OneTimeCodeResponse>, ProblemHttpResult>> ResetAsync(
        Guid id, Caller caller, AdministeredPerson people, IdentityDbContext db, IOptions<ProtocolOptions> options, TimeProvider clock, CancellationToken cancellationToken) =>
        IssueAsync(id, OneTimeCodePurposes.PasswordReset, "reset", caller, people, db, options, clock, cancellationToken);

    private static async Task<Results<Ok<OneTimeCodeResponse>, ProblemHttpResult>> IssueAsync(
        Guid id, string purpose, string page, Caller caller, AdministeredPerson people, IdentityDbContext db, IOptions<ProtocolOptions> options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (person, refused) = await people.FindAsync(id, caller, $"{purpose}.issued", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        if (person.DisabledAt is not null)
        {
            return PersonProblems.IsDisabled.ToHttpResult();
        }

        var (now, typed) = (clock.GetUtcNow(), TypedCode.New(3));
        var code = OneTimeCode.Create(id, purpose, typed, caller.PersonId, now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.OneTimeCodes.Where(c => c.PersonId == id && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken);
        db.Add(code);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new OneTimeCodeResponse(person.UserName!, person.DisplayName, typed, $"{options.Value.Issuer.TrimEnd('/')}/{page}", code.ExpiresAt));
    }
}
