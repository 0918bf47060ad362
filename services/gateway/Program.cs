using Gengdu.Audit;
using Gengdu.Gateway.Data;
using Gengdu.Gateway.Proxy;
using Gengdu.Gateway.Sessions;
using Gengdu.Gateway.Web;
using Gengdu.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("gateway");
builder.AddPostgres<GatewayDbContext>("gateway");
builder.AddAudit<GatewayDbContext>("gateway");
builder.AddKeyRing("gateway");
builder.AddConnections();
builder.AddKnownProxies();
builder.AddSessions();
builder.AddProxy();
builder.AddWebApp();

var app = builder.Build();
if (await app.TryMigrateAsync<GatewayDbContext>(args))
{
    return;
}

app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UsePublicAddress();
app.UseResponseCompression();
app.Use(HeaderRules.HandleAsync);
app.UseServiceDefaults();
app.UseWebApp();
app.UseProxy();
app.MapSessions();
app.MapProxy();
app.MapWebApp();
await app.RunAsync();
