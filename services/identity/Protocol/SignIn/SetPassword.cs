using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// /identity/invitation and /identity/reset: a password with the code that the desk handed over. A wrong code, an unknown
/// name and a name without a code get the same answer after the same work.
/// </summary>
internal static class SetPassword
{
    public const int MostTries = 1000;

    public static Task<IResult> ShowInvitationAsync(HttpContext http, Visits visits, IOptions<ProtocolOptions> options, CancellationToken cancellationToken) =>
        ShowAsync(http, visits, options, OneTimeCodePurposes.Invitation, cancellationToken);

    public static Task<IResult> ShowResetAsync(HttpContext http, Visits visits, IOptions<ProtocolOptions> options, CancellationToken cancellationToken) =>
        ShowAsync(http, visits, options, OneTimeCodePurposes.PasswordReset, cancellationToken);

    public static Task<IResult> AcceptInvitationAsync(HttpContext http, Visits visits, Codes codes, NewPassword change, CancellationToken cancellationToken) =>
        SubmitAsync(http, visits, codes, change, OneTimeCodePurposes.Invitation, cancellationToken);

    public static Task<IResult> ResetAsync(HttpContext http, Visits visits, Codes codes, NewPassword change, CancellationToken cancellationToken) =>
        SubmitAsync(http, visits, codes, change, OneTimeCodePurposes.PasswordReset, cancellationToken);

    private static async Task<IResult> ShowAsync(HttpContext http, Visits visits, IOptions<ProtocolOptions> options, string purpose, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return http.Request.Query["done"] == "1"
            ? visit.Page(200, new PasswordSetPage(visit.Language, options.Value.HomeAddress))
            : visit.Page(200, new SetPasswordPage(visit, purpose, "", null));
    }

    private static async Task<IResult> SubmitAsync(HttpContext http, Visits visits, Codes codes, NewPassword change, string purpose, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        var (userName, code, wanted) = (visit.Posted("userName"), visit.Posted("code"), visit.Posted("newPassword"));
        PageResult Refuse(int status, Gengdu.ServiceDefaults.Text text) => visit.Page(status, new SetPasswordPage(visit, purpose, userName.Length > 64 ? "" : userName, text));
        if (!visit.IsFromOurPage)
        {
            return Refuse(400, SetPasswordPage.Expired);
        }

        // Before the code is looked at, so that a fault here costs no try and tells nothing.
        if (wanted != visit.Posted("repeated") || PasswordPolicy.Refuse(wanted, userName) is not null)
        {
            return Refuse(422, wanted == visit.Posted("repeated") ? PasswordPolicy.Refuse(wanted, userName)! : Sessions.AccountTexts.NotTheSame);
        }

        if (userName.Length is 0 or > 64 || code.Length is 0 or > 64)
        {
            return Refuse(401, SetPasswordPage.Refused);
        }

        var (busy, found) = await codes.FindAsync(http, purpose, userName, code, cancellationToken);
        if (busy)
        {
            return Refuse(503, Sessions.AccountTexts.Busy);
        }

        if (found is null)
        {
            return Refuse(401, SetPasswordPage.Refused);
        }

        return await change.SetAsync(found.PersonId, wanted, cancellationToken, found.Id)
            ? SeeOther.To($"/identity/{(purpose == OneTimeCodePurposes.Invitation ? "invitation" : "reset")}?done=1&lang={visit.Language}")
            : Refuse(503, Sessions.AccountTexts.Busy);
    }

    /// <summary>Whether a code is good, with the same statements for everybody.</summary>
    internal sealed class Codes(IdentityDbContext db, ILookupNormalizer names, SignInLock failures, SignInPace pace, AccountActs acts, TimeProvider clock)
    {
        public async Task<(bool Busy, OneTimeCode? Code)> FindAsync(HttpContext http, string purpose, string userName, string typed, CancellationToken cancellationToken)
        {
            if (!await pace.EnterAsync(http.Connection.RemoteIpAddress, cancellationToken))
            {
                return (true, null);
            }

            var (now, hash, name) = (clock.GetUtcNow(), TypedCode.Hash(typed), names.NormalizeName(userName));
            var admitted = await failures.AdmitAsync(SignInLock.Nobody($"{purpose} {name}"), cancellationToken, MostTries);
            var found = await db.OneTimeCodes.AsNoTracking().Where(c => c.CodeHash == hash && c.Purpose == purpose && c.UsedAt == null && c.ExpiresAt > now)
                .Where(c => db.People.Any(p => p.Id == c.PersonId && p.NormalizedUserName == name && p.DisabledAt == null)).FirstOrDefaultAsync(cancellationToken);
            if (found is null || !admitted)
            {
                pace.Failed(http.Connection.RemoteIpAddress);
                await acts.FailedAsync(SignInLock.Nobody(name), "one-time-code.refused", admitted ? purpose : "locked", cancellationToken, http.Connection.RemoteIpAddress);
                return (false, null);
            }

            return (false, found);
        }
    }
}
