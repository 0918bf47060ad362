using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>One platform for the matrix and the catalogue.</summary>
public sealed class ScopeFixture : IAsyncLifetime
{
    internal Scene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await Scene.BuildAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}

/// <summary>They run one after another: they look at the same rows.</summary>
[CollectionDefinition(nameof(ScopeShared))]
public sealed class ScopeShared : ICollectionFixture<ScopeFixture>;
