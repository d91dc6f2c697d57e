/** Versions that Azure has, by type. */
export const VERSIONS: Readonly<Record<string, string>> = {
  "Microsoft.ManagedIdentity/userAssignedIdentities": "2023-01-31",
  "Microsoft.OperationalInsights/workspaces": "2023-09-01",
  "Microsoft.Insights/components": "2020-02-02",
  "Microsoft.Insights/diagnosticSettings": "2021-05-01-preview",
  "Microsoft.Network/virtualNetworks": "2024-05-01",
  "Microsoft.Network/privateDnsZones": "2020-06-01",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": "2020-06-01",
  "Microsoft.KeyVault/vaults": "2023-07-01",
  "Microsoft.KeyVault/vaults/secrets": "2023-07-01",
  "Microsoft.Authorization/roleAssignments": "2022-04-01",
  "Microsoft.DBforPostgreSQL/flexibleServers": "2024-08-01",
  "Microsoft.DBforPostgreSQL/flexibleServers/databases": "2024-08-01",
  "Microsoft.Web/serverfarms": "2023-12-01",
  "Microsoft.Web/sites": "2023-12-01",
  "Microsoft.Web/sites/basicPublishingCredentialsPolicies": "2023-12-01",
  "Microsoft.BotService/botServices": "2022-09-15",
  "Microsoft.BotService/botServices/channels": "2022-09-15",
  "Microsoft.Resources/resourceGroups": "2024-03-01",
  "Microsoft.Resources/deployments": "2022-09-01",
};

/** What Azure allows as names, for the types that are strict. */
export const NAMES: Readonly<Record<string, RegExp>> = {
  "Microsoft.KeyVault/vaults": /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/,
  "Microsoft.DBforPostgreSQL/flexibleServers": /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "Microsoft.Web/sites": /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/,
  "Microsoft.BotService/botServices": /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/,
  "Microsoft.ManagedIdentity/userAssignedIdentities": /^[a-zA-Z0-9][\w-]{2,127}$/,
  "Microsoft.OperationalInsights/workspaces": /^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/,
  "Microsoft.Network/privateDnsZones": /^[a-z0-9-]+\.private\.postgres\.database\.azure\.com$/,
};
