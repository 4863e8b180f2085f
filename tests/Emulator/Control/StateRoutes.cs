using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>The settings, the keys, and starting over.</summary>
internal static class StateRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/keys", () => state.KeyPairs.All);
        routes.MapGet("/settings", () => Settings.Describe(state));
        routes.MapPut("/settings", (JsonElement changes, IOptions<JsonOptions> json) =>
        {
            Settings.Apply(state, changes, json.Value.SerializerOptions);
            return Results.NoContent();
        });
        routes.MapPost("/reset", () =>
        {
            state.Reset();
            return Results.NoContent();
        });
    }
}
