using System.Net;
using Gengdu.Gateway.Limits;
using Gengdu.Gateway.Proxy;
using Gengdu.Gateway.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gengdu.Gateway.Tests;

public sealed class CallerLimitsTests
{
    private static readonly LimitOptions Small = new() { Person = new(10, 5), Area = new(10, 8), AreaAtOnce = 100, Bearer = new(10, 5), BearerAddress = new(10, 8), Address = new(10, 5) };

    [Fact]
    public void Person_BeyondTheirShare_IsRefused_InWhateverBrowser_AndNobodyElseIs()
    {
        using var limits = new CallerLimits(Options.Create(Small));
        var person = Guid.CreateVersion7();
        Assert.Equal(5, Passed(limits, 6, () => Signed(person, null)));
        Assert.Equal("GW-0004", limits.Check(Signed(person, null)).Refused!.Code);
        Assert.Equal(5, Passed(limits, 5, () => Signed(Guid.CreateVersion7(), null)));
    }

    [Fact]
    public void Area_BeyondItsShare_IsRefused_WhileAnotherCountyGoesOn()
    {
        using var limits = new CallerLimits(Options.Create(Small));
        Assert.Equal(8, Passed(limits, 12, () => Signed(Guid.CreateVersion7(), "130102")));
        Assert.Equal("GW-0009", limits.Check(Signed(Guid.CreateVersion7(), "130102")).Refused!.Code);
        Assert.Equal(8, Passed(limits, 8, () => Signed(Guid.CreateVersion7(), "130104")));
    }

    [Fact]
    public void Area_TooManyInsideAtOnce_IsRefusedUntilOneLeaves()
    {
        using var limits = new CallerLimits(Options.Create(Small with { Area = new(1000, 1000), AreaAtOnce = 3 }));
        var inside = Enumerable.Range(0, 3).Select(_ => limits.Check(Signed(Guid.CreateVersion7(), "130102")).Lease!).ToArray();
        Assert.Equal("GW-0009", limits.Check(Signed(Guid.CreateVersion7(), "130102")).Refused!.Code);
        Assert.Null(limits.Check(Signed(Guid.CreateVersion7(), "130104")).Refused);
        inside[0].Dispose();
        Assert.Null(limits.Check(Signed(Guid.CreateVersion7(), "130102")).Refused);
    }

    [Fact]
    public void Bearer_MadeUpAnewEachTime_DoesNotEscapeTheAddress()
    {
        using var limits = new CallerLimits(Options.Create(Small));
        var n = 0;
        Assert.Equal(8, Passed(limits, 20, () => With(("Authorization", $"Bearer a.b.{n++}"))));
        Assert.Equal(5, Passed(limits, 5, () => With(("Authorization", "Bearer a.b.c"), "10.0.0.2")));
    }

    [Fact]
    public void Address_WithoutAnything_HasAShareOfItsOwn()
    {
        using var limits = new CallerLimits(Options.Create(Small));
        Assert.Equal(5, Passed(limits, 9, () => With(null)));
        Assert.Equal(5, Passed(limits, 5, () => With(null, "10.0.0.2")));
    }

    /// <summary>Being signed in buys no more tries of what is open to everybody, and trying takes nothing of the own share.</summary>
    [Fact]
    public void PublicRoute_IsCountedByAddress_SignedInOrNot()
    {
        using var limits = new CallerLimits(Options.Create(Small with { Public = new(10, 4) }));
        var person = Guid.CreateVersion7();
        Assert.Equal(4, Passed(limits, 9, () => Public(Signed(Guid.CreateVersion7(), "130102"))));
        Assert.Equal(0, Passed(limits, 3, () => Public(Signed(person, "130102"))));
        Assert.Equal(5, Passed(limits, 5, () => Signed(person, null)));
        Assert.Equal(4, Passed(limits, 4, () => Public(With(null, "10.0.0.2"))));
    }

    /// <summary>Who reads a lot has not tried any code yet, and who has tried too many may still read.</summary>
    [Fact]
    public void OpenData_HasAShareOfItsOwn()
    {
        using var limits = new CallerLimits(Options.Create(Small with { Public = new(10, 4), OpenData = new(10, 7) }));
        Assert.Equal(7, Passed(limits, 12, () => Public(With(null), "data")));
        Assert.Equal(4, Passed(limits, 9, () => Public(With(null))));
        Assert.Equal(7, Passed(limits, 7, () => Public(With(null, "10.0.0.2"), "data")));
    }

    /// <summary>Being signed in in the same browser changes nothing, and keys made up anew each time do not escape the address.</summary>
    [Fact]
    public void Key_HasAShareOfItsOwn_AndItsAddressAnother()
    {
        using var limits = new CallerLimits(Options.Create(Small with { FeedKey = new(10, 4), FeedAddress = new(10, 9) }));
        var person = Guid.CreateVersion7();
        Assert.Equal(4, Passed(limits, 9, () => Keyed(With(("Authorization", "Basic a")))));
        Assert.Equal(0, Passed(limits, 2, () => Keyed(Signed(person, "130102"), "Basic a")));
        Assert.Equal(5, Passed(limits, 5, () => Signed(person, "130102")));
        var n = 0;
        Assert.Equal(5, Passed(limits, 12, () => Keyed(With(("Authorization", $"Basic {n++}")))));
        Assert.Equal(4, Passed(limits, 4, () => Keyed(With(("Authorization", "Basic b"), "10.0.0.2"))));
    }

    [Fact]
    public void Key_TakesNoPlaceOfTheCountyWhoseBrowserItCameFrom()
    {
        using var limits = new CallerLimits(Options.Create(Small with { AreaAtOnce = 1 }));
        var person = Guid.CreateVersion7();
        using var inside = limits.Check(Signed(person, "130102")).Lease;
        Assert.NotNull(limits.Check(Signed(person, "130102")).Refused);
        Assert.Null(limits.Check(Keyed(Signed(person, "130102"), "Basic a")).Refused);
    }

    [Fact]
    public void Keys_ThatWereWrongTooOften_StopTheAddress_AndNoOther()
    {
        using var limits = new CallerLimits(Options.Create(Small with { FeedKey = new(100, 100), FeedAddress = new(100, 100), WrongKeys = 3 }));
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(1, Passed(limits, 1, () => Keyed(With(("Authorization", $"Basic {n}")))));
            limits.WasWrong(Keyed(With(null)));
        }

        Assert.Equal("GW-0014", limits.Check(Keyed(With(("Authorization", "Basic good")))).Refused!.Code);
        Assert.Equal(1, Passed(limits, 1, () => Keyed(With(("Authorization", "Basic good"), "10.0.0.2"))));
        Assert.Equal(1, Passed(limits, 1, () => With(("Authorization", "Bearer a.b.c"))));
    }

    private static DefaultHttpContext Keyed(DefaultHttpContext context, string? header = null)
    {
        ByKey.Set(context);
        _ = header is not null && (context.Request.Headers.Authorization = header) != "";
        return context;
    }

    private static DefaultHttpContext Public(DefaultHttpContext context, string what = "true")
    {
        OpenToEverybody.Set(context, what);
        return context;
    }

    private static int Passed(CallerLimits limits, int tries, Func<HttpContext> request) => Enumerable.Range(0, tries).Count(_ =>
    {
        var (refused, lease) = limits.Check(request());
        lease?.Dispose();
        return refused is null;
    });

    private static DefaultHttpContext Signed(Guid person, string? area)
    {
        var (context, now) = (With(null), TimeProvider.System.GetUtcNow());
        context.Features.Set(new Session(
            new() { KeyHash = Guid.CreateVersion7().ToString(), PersonId = person, Name = "", Area = area, SealedTokens = "", CreatedAt = now, LastSeenAt = now, ExpiresAt = now.AddHours(1) }, TimeSpan.FromHours(1)));
        return context;
    }

    private static DefaultHttpContext With((string Name, string Value)? header, string address = "10.0.0.1")
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        _ = header is { } one && (context.Request.Headers[one.Name] = one.Value) != "";
        return context;
    }
}
