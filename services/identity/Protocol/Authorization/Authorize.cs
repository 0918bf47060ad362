using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.TwoFactor;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>/identity/authorize: code for a signed-in person, else the way to sign-in and back.</summary>
internal sealed class Authorize(
    ClientRegistry clients, PushedRequests pushedRequests, SignInSessions sessions, SecondFactors factors, IdTokenHint hints, SignInTickets tickets, IdentityDbContext db, TimeProvider clock, IOptions<ProtocolOptions> options)
{
    public static Task<IResult> HandleAsync(HttpContext http, Authorize authorize, CancellationToken cancellationToken) => authorize.AnswerAsync(http, cancellationToken);

    private async Task<IResult> AnswerAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await Parameters.ReadAsync(http.Request, cancellationToken) is not { } sent)
        {
            return Page(http, 415, null);
        }

        var (parameters, pushed) = await PushedAsync(sent, cancellationToken);
        if (parameters is null)
        {
            return Page(http, 400, sent);
        }

        var outcome = AuthorizeRequest.Read(parameters, clients);
        if (outcome.Request is not { } request)
        {
            return outcome.RedirectTo is { } back ? Refuse(back, outcome.State, outcome.Error, outcome.Description) : Page(http, 400, parameters);
        }

        if (request.Client.RequiresPushedRequests && pushed is null)
        {
            return Refuse(request.RedirectUri, request.State, "invalid_request", "This client must push its requests");
        }

        var current = await sessions.CurrentAsync(http, cancellationToken);
        return await MisfitAsync(request, current?.Person, cancellationToken) is var (error, description) ? Refuse(request.RedirectUri, request.State, error, description)
            : current is { } signedIn && IsFresh(request, pushed, signedIn.Session) && !await factors.IsMissingAsync(signedIn.Session, cancellationToken) ? await CodeAsync(http, request, pushed, signedIn, cancellationToken)
            : request.PromptNone ? Refuse(request.RedirectUri, request.State, "login_required", "Nobody is signed in, or too long ago")
            : SignIn(parameters, sent, pushed);
    }

    /// <summary>What was pushed takes the place of what came with the browser. Null parameters: a pushed request that does not hold.</summary>
    private async Task<(Parameters? Parameters, PushedRequest? Pushed)> PushedAsync(Parameters sent, CancellationToken cancellationToken)
    {
        if (!PushedRequests.IsOurs(sent["request_uri"]))
        {
            return (sent, null);
        }

        var pushed = sent.Duplicated.Overlaps(["client_id", "request_uri"]) ? null : await pushedRequests.ShowAsync(sent["request_uri"]!, sent["client_id"], cancellationToken);
        return (pushed is null ? null : Parameters.Of(pushed.Query), pushed);
    }

    // A hint that another person is meant than the one who is signed in is answered with an error, never with that other person's code.
    private async Task<(string Error, string Description)?> MisfitAsync(AuthorizeRequest request, Person? person, CancellationToken cancellationToken)
    {
        if (request.IdTokenHint is null)
        {
            return null;
        }

        var hint = await hints.ReadAsync(request.IdTokenHint, cancellationToken);
        return hint is not { } known || known.ClientId != request.Client.Id ? ("invalid_request", "id_token_hint is not an id token of this client")
            : person is not null && known.PersonId != person.Id.ToString() ? ("login_required", "Somebody else is signed in")
            : null;
    }

    private bool IsFresh(AuthorizeRequest request, PushedRequest? pushed, SignInSession session) =>
        session.AuthenticatedAt >= pushed?.FirstShownAt
        || (!request.PromptLogin && !(request.MaxAge < (clock.GetUtcNow() - session.AuthenticatedAt).TotalSeconds));

    private async Task<IResult> CodeAsync(HttpContext http, AuthorizeRequest request, PushedRequest? pushed, (SignInSession Session, Person Person) signedIn, CancellationToken cancellationToken)
    {
        var code = Secrets.New();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (pushed is not null && !await pushedRequests.CompleteAsync(pushed, cancellationToken))
        {
            return Page(http, 400, null);
        }

        db.Add(AuthorizationCode.Create(code, request, signedIn.Session, signedIn.Person, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Redirect(request.RedirectUri, request.State, ("code", code));
    }

    // The request travels through sign-in sealed: no return address that anybody could bend. A fresh sign-in answers a prompt
    // and an age, so they stay behind; of a pushed request only its name travels, with what the page itself shows.
    private SeeOther SignIn(Parameters parameters, Parameters sent, PushedRequest? pushed)
    {
        var travelling = pushed is null
            ? parameters.Except("prompt", "max_age")
            : new[] { "client_id", "request_uri" }.Select(name => KeyValuePair.Create(name, sent[name]))
                .Concat(new[] { "redirect_uri", "login_hint", "ui_locales" }.Where(name => parameters[name] is not null).Select(name => KeyValuePair.Create(name, parameters[name])));
        return SeeOther.To(QueryHelpers.AddQueryString("/identity/sign-in", "ticket", tickets.Seal(travelling)));
    }

    private PageResult Page(HttpContext http, int status, Parameters? parameters) => new(status, new ErrorPage(PageLanguage.Of(http, parameters?["ui_locales"]), options.Value.HomeAddress));

    private SeeOther Refuse(string redirectUri, string? state, string error, string description) => Redirect(redirectUri, state, ("error", error), ("error_description", description));

    private SeeOther Redirect(string redirectUri, string? state, params (string Name, string Value)[] answer)
    {
        var query = answer.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)).Append(new("iss", options.Value.Issuer));
        return SeeOther.To(QueryHelpers.AddQueryString(redirectUri, state is null ? query : query.Append(new("state", state))));
    }
}
