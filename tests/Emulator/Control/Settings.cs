using System;
using System.Net;
using System.Text.Json;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>The settings of the emulator as JSON. A change keeps the settings that it does not contain.</summary>
internal static class Settings
{
    public static object Describe(EmulatorState state) => new
    {
        ClockOffsetSeconds = state.ClockOffset.TotalSeconds,
        state.LoopbackRegion,
        state.ProxyCredential,
        state.TlsFault,
        DelayMilliseconds = state.Delay.TotalMilliseconds,
        state.MaxListPageSize,
        DeleteStatus = (int)state.DeleteStatus,
        CredentialLifetimeSeconds = state.Temporary.Lifetime.TotalSeconds,
        state.Temporary.MetadataMode,
        RecordRequests = state.Requests.Enabled,
    };

    public static void Apply(EmulatorState state, JsonElement changes, JsonSerializerOptions json)
    {
        foreach (JsonProperty change in changes.EnumerateObject())
        {
            Apply(state, change, json);
        }
    }

    private static void Apply(EmulatorState state, JsonProperty change, JsonSerializerOptions json)
    {
        T Read<T>() => change.Value.Deserialize<T>(json)!;
        switch (change.Name)
        {
            case "clockOffsetSeconds":
                state.ClockOffset = TimeSpan.FromSeconds(Read<double>());
                break;
            case "loopbackRegion":
                state.LoopbackRegion = Read<string?>();
                break;
            case "proxyCredential":
                state.ProxyCredential = Read<ProxyCredential?>();
                break;
            case "tlsFault":
                state.TlsFault = Read<TlsFault>();
                break;
            case "delayMilliseconds":
                state.Delay = TimeSpan.FromMilliseconds(Read<double>());
                break;
            case "maxListPageSize":
                state.MaxListPageSize = Read<int>();
                break;
            case "deleteStatus":
                state.DeleteStatus = (HttpStatusCode)Read<int>();
                break;
            case "credentialLifetimeSeconds":
                state.Temporary.Lifetime = TimeSpan.FromSeconds(Read<double>());
                break;
            case "metadataMode":
                state.Temporary.MetadataMode = Read<MetadataMode>();
                break;
            case "recordRequests":
                state.Requests.Enabled = Read<bool>();
                break;
            default:
                throw new JsonException($"There is no setting '{change.Name}'.");
        }
    }
}
