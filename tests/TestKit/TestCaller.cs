using Gengdu.Organisations;

namespace Gengdu.TestKit;

/// <summary>A caller without a request, for tests of aggregates.</summary>
public static class TestCaller
{
    public static Caller With(Guid personId, params Right[] rights) => new(personId, rights);
}
