import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm run deploy:nest`: writes the template that makes its own resource group around the one that uses an existing group,
 * so that there is one description of the resources. A test holds the two together.
 */
const root = join(import.meta.dirname, "..", "deploymentTemplates");
const target = join(root, "deployWithNewResourceGroup", "template-BotApp-new-rg.json");

interface Template {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outputs: Readonly<Record<string, { readonly type: string }>>;
}

/** The template of a subscription: a resource group, and in it what the inner template describes. */
export function nest(inner: Template): object {
  const { location, ...rest } = inner.parameters;
  const names = Object.keys(inner.parameters);
  return {
    $schema: "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    metadata: { description: "Unknot in Azure with a resource group of its own. Written by npm run deploy:nest." },
    parameters: {
      resourceGroupName: {
        type: "string",
        minLength: 1,
        maxLength: 90,
        metadata: { description: "Name of the new resource group." },
      },
      location: { type: "string", metadata: location?.["metadata"] },
      ...rest,
    },
    resources: [
      {
        type: "Microsoft.Resources/resourceGroups",
        apiVersion: "2024-03-01",
        name: "[parameters('resourceGroupName')]",
        location: "[parameters('location')]",
      },
      {
        type: "Microsoft.Resources/deployments",
        apiVersion: "2022-09-01",
        name: "unknot",
        resourceGroup: "[parameters('resourceGroupName')]",
        dependsOn: ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('resourceGroupName'))]"],
        properties: {
          mode: "Incremental",
          expressionEvaluationOptions: { scope: "inner" },
          parameters: Object.fromEntries(names.map((name) => [name, { value: `[parameters('${name}')]` }])),
          template: inner,
        },
      },
    ],
    outputs: Object.fromEntries(
      Object.entries(inner.outputs).map(([name, { type }]) => [
        name,
        {
          type,
          value: `[reference(resourceId(parameters('resourceGroupName'), 'Microsoft.Resources/deployments', 'unknot'), '2022-09-01').outputs.${name}.value]`,
        },
      ]),
    ),
  };
}

if (import.meta.main) {
  const inner = JSON.parse(
    readFileSync(join(root, "deployUseExistResourceGroup", "template-BotApp-with-rg.json"), "utf8"),
  ) as Template;
  writeFileSync(target, `${JSON.stringify(nest(inner), null, 2)}\n`);
}
